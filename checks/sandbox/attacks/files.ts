import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Attack, type Evidence, toldAnything, toldSecret } from './attack';
import { answerOf } from './scene';

const isNode20 = process.versions.node.startsWith('20.');

/** It has left something in the program's own folder, or in another learner's. */
function changed({ scene: { bait } }: Evidence): boolean {
  return (
    readdirSync(bait.own).sort().join() !== 'node_modules,program.js,victim,way' ||
    readFileSync(path.join(bait.own, 'victim'), 'utf8') !== 'whole' ||
    readFileSync(path.join(bait.own, 'node_modules/one/index.js'), 'utf8') !== '' ||
    readdirSync(bait.neighbour).join() !== 'answer.js' ||
    readFileSync(path.join(bait.neighbour, 'answer.js'), 'utf8') !== answerOf(bait.secret)
  );
}

/** Reading what it should not see, and writing where it should not. */
export const files: readonly Attack[] = [
  {
    title: 'reads /etc/passwd',
    text: "tell(fs.readFileSync('/etc/passwd', 'utf8'));",
    got: ({ told }) => String(told[0]).includes('root:'),
    guard: 'known',
  },
  {
    title: 'reads an SSH key',
    text: "tell(fs.readFileSync(at.home + '/.ssh/id_ed25519', 'utf8'));",
    got: toldSecret,
    guard: 'known',
  },
  {
    title: 'lists the home',
    text: 'tell(fs.readdirSync(at.home));',
    got: toldAnything,
    guard: 'known',
  },
  {
    title: 'reads another learner’s answer',
    text: "tell(fs.readFileSync(at.neighbour + '/answer.js', 'utf8'));",
    got: toldSecret,
    guard: 'known',
  },
  {
    title: 'reads it over a link in its own folder',
    text: "tell(fs.readFileSync(at.own + '/way/answer.js', 'utf8'));",
    got: toldSecret,
    guard: 'known',
  },
  {
    title: 'reads it over the root of its first process',
    text: "tell(fs.readFileSync('/proc/' + process.ppid + '/root' + at.neighbour + '/answer.js', 'utf8'));",
    got: toldSecret,
    guard: 'known',
  },
  {
    title: 'loads it as a module',
    text: "tell(require(at.neighbour + '/answer.js'));",
    got: toldSecret,
    guard: 'known',
  },
  {
    title: 'reads the memory that programs share',
    text: "tell(fs.readFileSync(at.shared, 'utf8'));",
    got: toldSecret,
    guard: 'known',
  },
  {
    title: 'lists what was compiled for others',
    text: `const names = fs.readdirSync(path.dirname(at.compiled)).filter((name) => name.endsWith('.js'));
           for (const name of names.slice(0, 1)) tell(fs.readFileSync(path.join(path.dirname(at.compiled), name)).length);`,
    got: toldAnything,
    guard: 'known',
    notBare: 'what is kept there depends on what ran before',
  },
  {
    title: 'writes into its own folder',
    text: "fs.writeFileSync(at.own + '/new', 'x');",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'changes a file of its own folder',
    text: "fs.appendFileSync(at.own + '/victim', 'x');",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'changes it by a descriptor that it opened to read',
    text: "fs.ftruncateSync(fs.openSync(at.own + '/victim', fs.constants.O_RDONLY | fs.constants.O_TRUNC), 0);",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'writes into its packages',
    text: "fs.writeFileSync(at.own + '/node_modules/one/index.js', 'x');",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'writes into another learner’s folder',
    text: "fs.writeFileSync(at.neighbour + '/answer.js', 'x');",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'writes there over a link',
    text: "fs.writeFileSync(at.own + '/way/new', 'x');",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'writes there over a link that it copied to its temporary folder',
    text: `fs.cpSync(at.own + '/way', os.tmpdir() + '/way' + at.secret, { verbatimSymlinks: true });
           fs.writeFileSync(os.tmpdir() + '/way' + at.secret + '/new', 'x');`,
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'writes there over a link that it makes',
    text: `fs.symlinkSync(at.neighbour, os.tmpdir() + '/made' + at.secret);
           fs.writeFileSync(os.tmpdir() + '/made' + at.secret + '/new', 'x');`,
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'writes there by a hard link',
    text: `fs.linkSync(at.neighbour + '/answer.js', os.tmpdir() + '/hard' + at.secret);
           fs.writeFileSync(os.tmpdir() + '/hard' + at.secret, 'x');`,
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'writes there by the name of its root in /proc',
    text: "fs.writeFileSync('/proc/self/root' + at.neighbour + '/new', 'x');",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'writes there by a name of bytes',
    text: "fs.writeFileSync(Buffer.from(at.neighbour + '/new'), 'x');",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'writes there from its temporary folder, by two dots',
    text: "fs.writeFileSync(os.tmpdir() + '/../'.repeat(20) + at.neighbour + '/new', 'x');",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'writes there with path.resolve replaced',
    text: `path.resolve = path.toNamespacedPath = (...parts) => parts.at(-1);
           fs.writeFileSync(at.neighbour + '/new', 'x');`,
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'removes another learner’s file',
    text: "fs.rmSync(at.neighbour + '/answer.js'); fs.writeFileSync(at.neighbour + '/answer.js', 'x');",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'puts code where another program would load it',
    text: "fs.writeFileSync(at.compiled, 'x');",
    got: ({ scene }) => existsSync(scene.bait.compiled),
    guard: 'stopped',
  },
  {
    title: 'writes into the memory that programs share',
    text: "fs.writeFileSync(at.shared, 'x');",
    got: ({ scene }) => readFileSync(scene.bait.shared, 'utf8') === 'x',
    guard: 'stopped',
  },
  {
    title: 'has Node write a report',
    text: "process.report.writeReport(at.neighbour + '/new');",
    got: changed,
    guard: 'stopped',
  },
  {
    title: 'has Node write a log of its events',
    text: `process.chdir(at.neighbour);
           require('node:trace_events').createTracing({ categories: ['node.async_hooks', 'v8'] }).enable();
           await later(300);`,
    got: changed,
    guard: isNode20 ? 'known' : 'stopped',
  },
  {
    title: 'has V8 write down what it compiles',
    text: `process.chdir(at.neighbour);
           require('node:v8').setFlagsFromString('--trace-turbo-path=' + at.neighbour);
           require('node:v8').setFlagsFromString('--trace-turbo');
           const sum = (n) => { let all = 0; for (let i = 0; i < n; i += 1) all += i % 7; return all; };
           for (let i = 0; i < 3000; i += 1) sum(1000);
           await later(300);`,
    got: changed,
    guard: 'known',
  },
];
