import { type ChildProcess, spawn } from 'node:child_process';
import type { Reaper } from '../../redis/temporary';
import { runnerMarker } from './marker';
import { markerVariable } from './settings';

/*
 * Kills what the runner started when the runner itself is gone, however it went: a shell that
 * reads `+p GROUP`, `-p GROUP`, `+d FOLDER`, `-d FOLDER` from a pipe, and cleans up at its end.
 * `+m ENTRY` names what stands in the environment of a program's children, wherever they went.
 */
const posix = `
trap '' INT TERM HUP
while IFS= read -r line; do
  item=\${line#?}
  case $line in
    +*) set -- "$@" "$item" ;;
    -*) for kept do shift; [ "$kept" = "$item" ] || set -- "$@" "$kept"; done ;;
  esac
done
for item do case $item in
  'p '*) kill -9 -- "-\${item#p }" || kill -9 "\${item#p }" ;;
esac; done
marked() {
  if [ -d /proc/self ]; then
    for file in $(grep -ls -- "$1" /proc/[0-9]*/environ 2>/dev/null); do
      pid=\${file#/proc/}; echo "\${pid%/environ}"
    done
  elif [ "$(uname)" = Darwin ]; then
    ps -A -E -ww -o pid= -o command= | grep -F -- "$1" | grep -v grep | awk '{ print $1 }'
  fi
}
for item do case $item in 'm '*)
  for round in 1 2 3 4 5; do
    found=$(marked "\${item#m }")
    [ -n "$found" ] || break
    kill -9 $found
  done ;;
esac; done
for item do case $item in 'd '*) rm -rf -- "\${item#d }" ;; esac; done
`;

const windows = `
const groups = new Set(), folders = new Set();
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const set = { p: groups, d: folders }[line[1]] ?? new Set();
  line[0] === '+' ? set.add(line.slice(3)) : set.delete(line.slice(3));
}).on('close', () => {
  for (const id of groups) require('node:child_process').spawnSync('taskkill', ['/T', '/F', '/PID', id]);
  for (const folder of folders) require('node:fs').rmSync(folder, { recursive: true, force: true });
});`;

let process_: ChildProcess | undefined;

function send(line: string): void {
  process_ ??= start();
  process_.stdin?.write(`${line}\n`);
}

function start(): ChildProcess {
  const [command, ...words] = reaperWords(process.platform);
  const reaper = spawn(command, words, {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    windowsHide: true,
  });
  // The reaper must not keep the runner: its pipe closing is what sets it to work.
  reaper.unref();
  if (reaper.stdin && 'unref' in reaper.stdin) (reaper.stdin as import('node:net').Socket).unref();
  // Without a reaper a check still cleans up after itself; only a killed runner would not.
  reaper.on('error', () => {});
  reaper.stdin?.on('error', () => {});
  reaper.stdin?.write(`+m ${markerVariable}=${runnerMarker}\n`);
  return reaper;
}

/** The command that reads what is to be cleaned up, on each system. */
export function reaperWords(platform: NodeJS.Platform): [command: string, ...words: string[]] {
  return platform === 'win32' ? [process.execPath, '-e', windows] : ['/bin/sh', '-c', posix];
}

/** Has what the runner started ended and removed, should it end without doing so itself. */
export const reaper: Reaper = {
  marks: { [markerVariable]: `${runnerMarker}.redis.` },
  group: (pid) => kept(`p ${pid}`),
  folder: (folder) => kept(`d ${folder}`),
};

function kept(item: string): () => void {
  send(`+${item}`);
  return () => send(`-${item}`);
}
