import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Ended, endOf, start, unwrapped } from '../support/command-line';
import { lessons } from '../support/course-folder';
import { suite } from '../support/suite';

/*
 * Exit codes 0 and 1 speak of the file, 3 of the machine. One thing after the other is taken away
 * from the machine, by what really takes it away, under a right and under a wrong file.
 */
const test = suite('exit codes', { needs: ['bash', 'unshare'], limit: 120_000 });

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
chmodSync(folder, 0o755);
test.after(() => rmSync(folder, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const namespaces = isRoot && spawnSync('unshare', ['-n', '-m', 'true']).status === 0;

const right = `import redis from 'redis';
const client = redis.createClient();
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(\`Redis client not connected to the server: \${error}\`));
`;
const wrongServer = `import express from 'express';
express().listen(1245);
`;
const rightServer = readFileSync(path.join(lessons, '12-in-stock/9-stock.ts'), 'utf8');

/** A learner's folder with a file of task 1 and one of task 12. */
function learnerFolder(name: string, text: string, server: string): string {
  const made = path.join(folder, name);
  mkdirSync(made);
  writeFileSync(path.join(made, '0-redis_client.js'), text);
  writeFileSync(path.join(made, '9-stock.ts'), server);
  return made;
}

const files = {
  right: learnerFolder('right', right, rightServer),
  wrong: learnerFolder('wrong', right.replace('connected', 'conected'), wrongServer),
};

/** A redis-server that says its version, and then does as the script says. */
function redisThat(name: string, script: string): string {
  const made = path.join(folder, `redis-${name}`);
  mkdirSync(made);
  const file = path.join(made, 'redis-server');
  const version = '[ "$1" = --version ] && { echo "Redis server v=7.0.15 sha=0"; exit; }';
  writeFileSync(file, `#!/bin/sh\n${version}\n${script}\n`, { mode: 0o755 });
  return made;
}

interface Lack {
  what: string;
  /** A line of bash, in which "$@" is the workbook with its words. */
  line: string;
  words?: string;
  /** Exit codes for the right and for the wrong file. */
  codes: readonly [right: number, wrong: number];
  /** What is said on standard error where the code is 3. */
  says?: RegExp;
  /** It takes half a minute, so it is tried under the wrong file alone. */
  slow?: boolean;
  /** Needs namespaces, or another user. */
  asRoot?: boolean;
}

const offline = 'check 1 --offline';
/** As the superuser, but bound by what a folder permits. */
const withoutOverride = 'setpriv --bounding-set=-dac_override,-dac_read_search';
/** A user for whom limits hold, and who may still read the checkout of the superuser. */
const anotherUser =
  'setpriv --reuid=65534 --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override';
const noIpv4 = 'ip link set lo up; ip addr del 127.0.0.1/8 dev lo';
const takePorts = `${process.execPath} -e "for (const port of [1245, 6379]) net.createServer().listen(port)"`;
const fullDisk = 'mount -t tmpfs -o nr_inodes=2 none /mnt; touch /mnt/f';

const lacks: Lack[] = [
  { what: 'nothing', line: '"$@"', codes: [0, 1] },
  { what: 'the loopback', line: 'unshare -n -- "$@"', codes: [0, 1], asRoot: true },
  {
    what: 'the loopback, for a server',
    line: 'unshare -n -- "$@"',
    words: 'check 12 --offline',
    codes: [0, 1],
    asRoot: true,
  },
  {
    what: 'the loopback, to run a server',
    line: 'unshare -n -- "$@"',
    words: 'run 12 --offline',
    codes: [3, 3],
    says: /cannot reach itself at 127\.0\.0\.1.*ip link set lo up/,
    asRoot: true,
  },
  {
    what: 'IPv4, with ::1 alone',
    line: `unshare -n bash -c '${noIpv4}; exec "$@"' x "$@"`,
    codes: [0, 1],
    asRoot: true,
  },
  {
    what: 'IPv4, for a server',
    line: `unshare -n bash -c '${noIpv4}; exec "$@"' x "$@"`,
    words: 'check 12 --offline',
    codes: [0, 1],
    asRoot: true,
  },
  {
    what: 'the ports of the course, which others have, for a server',
    line: `unshare -n bash -c 'ip link set lo up; ${takePorts} & "$@"; code=$?; kill $!; exit $code' x "$@"`,
    words: 'check 12 --offline',
    codes: [0, 1],
    asRoot: true,
  },
  {
    what: 'an address of localhost',
    line: `unshare -m bash -c 'mount --bind /dev/null /etc/hosts; mount --bind /dev/null /etc/resolv.conf; exec "$@"' x "$@"`,
    codes: [0, 1],
    asRoot: true,
  },
  {
    what: 'the temporary folder',
    line: 'TMPDIR=/is/not/there "$@"',
    codes: [3, 3],
    says: /There is no folder \/is\/not\/there.*set TMPDIR/,
  },
  {
    what: 'the right to write into the temporary folder',
    line: `mkdir -p ${folder}/forbidden && chmod 555 ${folder}/forbidden && TMPDIR=${folder}/forbidden ${withoutOverride} "$@"`,
    codes: [3, 3],
    says: /cannot be written \(EACCES\).*Set TMPDIR/,
    asRoot: true,
  },
  {
    what: 'the working folder',
    line: `mkdir -p ${folder}/gone && cd ${folder}/gone && rmdir ${folder}/gone && "$@"`,
    codes: [0, 1],
  },
  {
    what: 'room on the disk',
    line: `unshare -m bash -c '${fullDisk}; TMPDIR=/mnt exec "$@"' x "$@"`,
    codes: [3, 3],
    says: /no room left in \/mnt.*Make room/,
    asRoot: true,
  },
  { what: 'room in standard output', line: '"$@" >/dev/full', codes: [3, 3], says: /ENOSPC/ },
  {
    what: 'room in standard output, for JSON',
    line: '"$@" >/dev/full',
    words: 'check 1 --offline --json',
    codes: [3, 3],
    says: /could not be written whole/,
  },
  {
    what: 'room in standard output, for JUnit',
    line: '"$@" >/dev/full',
    words: 'check 1 --offline --junit',
    codes: [3, 3],
    says: /could not be written whole/,
  },
  {
    what: 'room for the end of standard output',
    line: `unshare -m bash -c 'mount -t tmpfs -o size=8k none /mnt; head -c 8000 /dev/zero >/mnt/o; "$@" >>/mnt/o' x "$@"`,
    words: 'check 1 --offline --json --timeline',
    codes: [3, 3],
    says: /could not be written whole/,
    asRoot: true,
  },
  { what: 'standard output', line: '"$@" >&-', codes: [0, 1] },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash's
  { what: 'a reader', line: '"$@" | true; exit ${PIPESTATUS[0]}', codes: [0, 1] },
  {
    what: 'memory',
    line: 'NODE_OPTIONS=--max-old-space-size=40 "$@"',
    codes: [0, 1],
  },
  {
    what: 'the permission to start programs',
    line: `${anotherUser} bash -c 'ulimit -u 10; exec "$@"' x "$@"`,
    codes: [3, 3],
    says: /Node could not start .*ulimit -u/,
    asRoot: true,
  },
  {
    what: 'a redis-server that starts',
    line: `PATH=${redisThat('fails', 'echo no; exit 1')}:$PATH "$@"`,
    words: 'check 1',
    codes: [3, 3],
    says: /did not start: no.*--offline/,
  },
  {
    what: 'a redis-server that says its version',
    line: `mkdir -p ${folder}/mute && printf '#!/bin/sh\\nexec sleep 60\\n' >${folder}/mute/redis-server && chmod +x ${folder}/mute/redis-server && PATH=${folder}/mute:$PATH "$@"`,
    words: 'check 1',
    codes: [0, 1],
  },
  {
    what: 'a redis-server that gets ready',
    line: `PATH=${redisThat('hangs', 'exec sleep 60')}:$PATH "$@"`,
    words: 'check 1',
    codes: [3, 3],
    says: /was not ready after 30 s/,
    slow: true,
  },
  {
    what: 'a Redis at the URL',
    line: '"$@"',
    words: 'check 1 --redis redis://127.0.0.1:1',
    codes: [3, 3],
    says: /No Redis answers at 127\.0\.0\.1:1/,
  },
  { what: 'words that can be understood', line: '"$@"', words: 'check 1 --jsn', codes: [2, 2] },
];

for (const { what, line, words = offline, codes, says, slow, asRoot } of lacks) {
  const name = `without ${what}`;
  if (asRoot && !namespaces) {
    test.skip(name, 'the superuser on Linux, with util-linux, for what takes things away');
    continue;
  }
  for (const [at, kind] of (['right', 'wrong'] as const).entries()) {
    if (slow && kind === 'right') continue;
    test(`${name}, a ${kind} file: exit code ${codes[at]}`, async () => {
      const { code, stdout, stderr } = await bash(line, words, files[kind]);
      assert.equal(code, codes[at], stdout + stderr);
      assert.doesNotMatch(stderr, /The workbook itself failed/);
      if (codes[at] === 3) assert.match(unwrapped(stderr), says ?? /./);
    });
  }
}

/** Runs a line of bash, with the workbook as its "$@". */
function bash(line: string, words: string, dir: string): Promise<Ended> {
  const { PATH, LANG } = process.env;
  const command = [process.execPath, start, ...words.split(' '), '--dir', dir];
  const child = spawn('bash', ['-c', line, 'bash', ...command], {
    env: {
      PATH,
      LANG,
      HOME: folder,
      WORKBOOK_HOME: path.join(folder, 'home'),
      WORKBOOK_LESSONS: lessons,
    },
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return endOf(child);
}

test.run();
