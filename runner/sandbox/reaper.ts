import { type ChildProcess, spawn } from 'node:child_process';

/*
 * Kills what the runner started when the runner itself is gone, however it went: a shell that
 * reads `+p GROUP`, `-p GROUP`, `+d FOLDER`, `-d FOLDER` from a pipe, and cleans up at its end.
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
for item do case $item in 'd '*) rm -rf -- "\${item#d }" ;; esac; done
`;

const windows = `
const groups = new Set(), folders = new Set();
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const set = line[1] === 'p' ? groups : folders;
  line[0] === '+' ? set.add(line.slice(3)) : set.delete(line.slice(3));
}).on('close', () => {
  for (const id of groups) require('node:child_process').spawnSync('taskkill', ['/T', '/F', '/PID', id]);
  for (const folder of folders) require('node:fs').rmSync(folder, { recursive: true, force: true });
});`;

let process_: ChildProcess | undefined;

function tell(line: string): void {
  process_ ??= start();
  process_.stdin?.write(`${line}\n`);
}

function start(): ChildProcess {
  const [command, args] =
    process.platform === 'win32' ? [process.execPath, ['-e', windows]] : ['/bin/sh', ['-c', posix]];
  const reaper = spawn(command, args, {
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
  return reaper;
}

/**
 * Has a process group killed, should the runner end without doing so itself.
 * @param pid the group's leader
 * @returns call it when the group is gone
 */
export function reapGroup(pid: number): () => void {
  tell(`+p ${pid}`);
  return () => tell(`-p ${pid}`);
}

/**
 * Has a folder removed, should the runner end without doing so itself.
 * @returns call it when the folder is gone
 */
export function reapFolder(folder: string): () => void {
  tell(`+d ${folder}`);
  return () => tell(`-d ${folder}`);
}
