import { type Attack, type Evidence, toldAnything, toldSecret } from './attack';

/** A process that an attack has started, by the id that it told, and what ends it. */
function startedOne({ told }: Evidence): boolean {
  const [pid] = told;
  if (typeof pid !== 'number') return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/** Other processes: seeing them, ending them, reading them, starting them. */
export const processes: readonly Attack[] = [
  {
    title: 'lists the processes of others',
    text: `for (const id of fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name))) {
             let words = '';
             try { words = fs.readFileSync('/proc/' + id + '/cmdline', 'utf8'); } catch {}
             if (words.includes('bystander-' + at.secret)) tell(words);
           }`,
    got: toldSecret,
    guard: 'known',
  },
  {
    title: 'finds the workbook to signal it',
    text: 'process.kill(at.runner, 0); tell(true);',
    got: toldAnything,
    guard: 'known',
  },
  {
    title: 'kills a process of the same user',
    text: "process.kill(at.bystander, 'SIGKILL'); await later(100);",
    got: ({ scene }) => !scene.bystanderLives,
    guard: 'known',
  },
  {
    title: 'finds anybody to signal at all',
    text: 'process.kill(-1, 0); tell(true);',
    got: toldAnything,
    guard: 'known',
  },
  {
    title: 'changes how important another process is',
    text: 'os.setPriority(at.bystander, 10); tell(true);',
    got: toldAnything,
    guard: 'known',
  },
  {
    title: 'reads the environment of the workbook',
    text: "tell(fs.readFileSync('/proc/' + process.ppid + '/environ', 'utf8'));",
    got: ({ told }) => String(told[0]).includes('PATH='),
    guard: 'known',
  },
  {
    title: 'reads the memory of the workbook',
    text: `const place = fs.readFileSync('/proc/' + at.runner + '/maps', 'latin1').split('-')[0];
           const bytes = Buffer.alloc(4);
           fs.readSync(fs.openSync('/proc/' + at.runner + '/mem'), bytes, 0, 4, BigInt('0x' + place));
           tell(bytes.toString('latin1'));`,
    got: ({ told }) => told[0] === '\x7fELF',
    guard: 'known',
  },
  {
    title: 'lists the open files of the workbook',
    text: "tell(fs.readdirSync('/proc/' + at.runner + '/fd'));",
    got: toldAnything,
    guard: 'known',
  },
  {
    title: 'writes into the memory of the workbook',
    text: "fs.openSync('/proc/' + at.runner + '/mem', 'r+'); tell(true);",
    got: toldAnything,
    guard: 'stopped',
  },
  {
    title: 'starts a program',
    text: "tell(require('node:child_process').execFileSync(process.execPath, ['-p', '1']).length);",
    got: toldAnything,
    guard: 'stopped',
  },
  {
    title: 'starts one with its checks replaced',
    text: `process.permission = { has: () => true };
           Object.defineProperty(process, 'execArgv', { value: [] });
           tell(require('node:child_process').spawnSync('true').status);`,
    got: ({ told }) => told[0] === 0,
    guard: 'stopped',
  },
  {
    title: 'starts programs until that is refused',
    text: `const { spawnSync } = require('node:child_process');
           for (let count = 0; count < 20 && spawnSync('true').status === 0; count += 1) tell(count);`,
    got: toldAnything,
    guard: 'stopped',
  },
  {
    title: 'leaves a process behind',
    text: `const child = require('node:child_process').spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
           child.unref(); tell(child.pid);`,
    got: startedOne,
    guard: 'stopped',
  },
  {
    title: 'makes a world of its own',
    text: "tell(require('node:child_process').spawnSync('unshare', ['--map-root-user', 'true']).status);",
    got: ({ told }) => told[0] === 0,
    guard: 'stopped',
    notBare: 'not every machine allows it',
  },
  {
    title: 'forks itself',
    text: `const child = require('node:child_process').fork(__filename, ['child'], { execArgv: [], stdio: 'ignore' });
           child.once('error', () => {}); if (child.pid) tell(child.pid);`,
    got: startedOne,
    guard: 'stopped',
  },
  {
    title: 'starts a worker of a cluster',
    text: `const worker = require('node:cluster').fork();
           worker.once('error', () => {}); if (worker.process.pid) tell(worker.process.pid);`,
    got: startedOne,
    guard: 'stopped',
  },
  {
    title: 'starts a thread',
    text: `const { Worker } = require('node:worker_threads');
           const worker = new Worker("require('node:worker_threads').parentPort.postMessage(1)", { eval: true });
           tell((await require('node:events').once(worker, 'message'))[0]);`,
    got: toldAnything,
    guard: 'stopped',
  },
  {
    title: 'loads a native addon',
    text: `try { process.dlopen({ exports: {} }, process.report.getReport().sharedObjects.find((one) => one.includes('libc.so'))); }
           catch (error) { tell(error.message); }`,
    got: ({ told }) => /self-register/.test(String(told[0])),
    guard: 'stopped',
  },
  {
    title: 'takes a part of Node that starts programs',
    text: "tell(typeof process.binding('spawn_sync').spawn);",
    got: toldAnything,
    guard: 'stopped',
  },
  {
    title: 'takes a part of Node that opens files',
    text: "tell(typeof process.binding('fs').open);",
    got: toldAnything,
    guard: 'stopped',
  },
  {
    title: 'runs WebAssembly with files of its own',
    text: "tell(typeof new (require('node:wasi').WASI)({ version: 'preview1', preopens: { '/': '/' } }).wasiImport);",
    got: toldAnything,
    guard: 'stopped',
  },
  {
    title: 'debugs itself past the guard',
    text: `const { Session } = require('node:inspector');
           const session = new Session(); session.connect();
           session.post('Runtime.evaluate', { expression: '7' }, (_, answer) => tell(answer.result.value));`,
    got: toldAnything,
    guard: 'stopped',
  },
  {
    title: 'opens what restarts the machine',
    text: "fs.openSync('/proc/sysrq-trigger', 'w'); tell(true);",
    got: toldAnything,
    guard: 'stopped',
    notBare: 'a container may have it read-only',
  },
  {
    title: 'keeps the system from ending it first where memory is short',
    text: "fs.writeFileSync('/proc/self/oom_score_adj', '0'); tell(true);",
    got: toldAnything,
    guard: 'stopped',
  },
];
