import type { Attack, Evidence } from './attack';

const toldWhole = ({ told }: Evidence) => told.includes('whole');
const megabyte = 1024 * 1024;

/** More than a program may have; each attack stops by itself before it harms a machine. */
export const resources: readonly Attack[] = [
  {
    title: 'opens 10,000 files',
    text: "for (let i = 0; i < 10_000; i += 1) fs.openSync(__filename); tell('whole');",
    got: toldWhole,
    guard: 'stopped',
    notBare: 'many machines allow fewer',
  },
  {
    title: 'fills its temporary folder',
    text: `const folder = fs.mkdtempSync(os.tmpdir() + '/full-');
           try {
             for (let i = 0; i < 3; i += 1) fs.writeFileSync(folder + '/' + i, Buffer.alloc(40e6));
             tell('whole');
           } finally { fs.rmSync(folder, { recursive: true }); }`,
    got: toldWhole,
    guard: 'known',
  },
  {
    title: 'makes a file of a gigabyte',
    text: `const file = os.tmpdir() + '/large' + at.secret;
           fs.writeFileSync(file, '');
           try { fs.truncateSync(file, 1e9); tell('whole'); } finally { fs.rmSync(file); }`,
    got: toldWhole,
    guard: 'stopped',
  },
  {
    title: 'takes more memory than it may',
    text: `const kept = [];
           for (let i = 0; i < 40; i += 1) { kept.push(Buffer.alloc(10e6, 1)); await later(5); }
           await later(2000);
           tell(kept.length === 40 && 'whole');`,
    got: toldWhole,
    guard: 'stopped',
    limits: { memory: 64 * megabyte },
  },
  {
    title: 'takes the processor for itself',
    text: "while (process.cpuUsage().user < 1.5e6); tell('whole');",
    got: toldWhole,
    guard: 'stopped',
    limits: { busy: 300 },
  },
  {
    title: 'runs on and on',
    text: "await later(2500); tell('whole');",
    got: toldWhole,
    guard: 'stopped',
    limits: { time: 1000 },
  },
  {
    title: 'prints without end',
    text: `for (let i = 0; i < 50; i += 1) { fs.writeSync(2, 'x'.repeat(100_000) + '\\n'); await later(5); }
           tell('whole');`,
    got: toldWhole,
    guard: 'stopped',
    notBare: 'its output is not read there',
  },
  {
    title: 'sends commands without end',
    text: `const socket = net.connect(6379);
           let answers = 0;
           socket.on('data', (bytes) => { answers += bytes.length; }).on('error', () => {});
           for (let i = 0; i < 50; i += 1) { socket.write('PING\\r\\n'.repeat(100)); await later(10); }
           while (answers < 35_000 && !socket.destroyed) await later(20);
           if (answers >= 35_000) tell('whole');`,
    got: toldWhole,
    guard: 'stopped',
    notBare: 'there is no Redis of a check',
    limits: { commands: 1000 },
  },
];
