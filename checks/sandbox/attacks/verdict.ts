import type { Attack, Evidence } from './attack';

/** What the workbook's side would report, had the program one more connection and something to tell. */
const reports = String.raw`'{"event":"connecting"}\n{"event":"told","value":1}\n'`;

const onlyWorkbook = 'only the workbook listens to it';

/** The workbook has heard what the program said in the place of its own side. */
function isBelieved({ program }: Evidence): boolean {
  return !program || program.attempts > 0 || program.told !== undefined || program.servers.size > 0;
}

/** Forging what the workbook hears of a program. */
export const verdict: readonly Attack[] = [
  ...[
    ['prints reports', `fs.writeSync(1, ${reports});`],
    ['writes reports to the line of events', `fs.writeSync(3, ${reports});`],
    [
      'writes reports with made-up codes',
      `for (let i = 0; i < 50; i += 1) fs.writeSync(3, 'a'.repeat(16) + ' ' + i + ' {"event":"connecting"}\\n');`,
    ],
    ['writes reports to the line of questions', `fs.writeSync(4, ${reports});`],
    [
      'writes reports to every descriptor',
      `for (let fd = 5; fd <= 50; fd += 1) try { fs.writeSync(fd, ${reports}); } catch {}`,
    ],
    [
      'writes reports to its descriptors by name',
      `for (let fd = 0; fd <= 50; fd += 1) try { fs.writeFileSync('/proc/self/fd/' + fd, ${reports}); } catch {}`,
    ],
    [
      'writes reports to the descriptors of its parent',
      `for (let fd = 3; fd <= 50; fd += 1) try { fs.writeFileSync('/proc/' + process.ppid + '/fd/' + fd, ${reports}); } catch {}`,
    ],
    [
      'writes reports by a socket of its own on the line of events',
      `new net.Socket({ fd: 3 }).on('error', () => {}).write(${reports}); await later(200);`,
    ],
    [
      'sends a report again, as it caught it',
      `const write = fs.writeSync, caught = [];
       const catching = (fd, text) => { caught.push(String(text)); return text.length; };
       fs.writeSync = fs.write = catching;
       JSON.stringify = () => '{"event":"told","value":1}';
       String.prototype.concat = Array.prototype.join = () => '{"event":"told","value":1}';
       process.emitWarning('x');
       for (const text of caught) write(3, text);`,
    ],
  ].map(
    ([title = '', text = '']): Attack => ({
      title,
      text,
      got: isBelieved,
      guard: 'stopped',
      notBare: onlyWorkbook,
    }),
  ),
  {
    title: 'hides a connection to Redis by replaced builtins',
    text: `fs.writeSync = fs.write = () => 0;
           JSON.stringify = () => '';
           Reflect.apply = Function.prototype.call = Function.prototype.apply = undefined;
           const socket = net.connect(6379).on('error', () => {});
           socket.once('data', () => print('TOLD true'));
           socket.write('PING\\r\\n');
           await later(500);`,
    got: ({ told, program }) => told.length > 0 && program?.attempts === 0,
    guard: 'stopped',
    notBare: onlyWorkbook,
  },
  {
    title: 'has Redis do what the journal does not hold, by typing it',
    text: `const socket = net.connect(6379).on('error', () => {});
           socket.write('SET unseen 1\\r\\n');
           tell(String(await require('node:events').once(socket, 'data')));`,
    got: ({ told, commands }) => told[0] === '+OK\r\n' && !commands.includes('SET'),
    guard: 'stopped',
    notBare: onlyWorkbook,
  },
  {
    title: 'connects to Redis past the journal, by the way that it finds',
    text: `const beside = path.dirname(os.tmpdir());
           const folders = fs.readdirSync(beside).map((name) => path.join(beside, name));
           const found = folders.flatMap((folder) => {
             try { return fs.readdirSync(folder).filter((name) => /redis.*sock/.test(name)).map((name) => folder + '/' + name); }
             catch { return []; }
           });
           for (const place of found) {
             const socket = net.connect(place).on('error', () => {});
             socket.once('data', (bytes) => tell(String(bytes)));
             socket.write('PING\\r\\n');
           }
           await later(300);`,
    got: ({ told }) => told.length > 0,
    guard: 'known',
    redis: 'server',
    notBare: 'there is no Redis of a check',
  },
  {
    title: 'reads the key of its reports from its own memory',
    text: `const [place] = fs.readFileSync('/proc/self/maps', 'latin1').split('-');
           const bytes = Buffer.alloc(4);
           fs.readSync(fs.openSync('/proc/self/mem'), bytes, 0, 4, BigInt('0x' + place));
           tell(bytes.toString('latin1'));`,
    got: ({ told }) => told[0] === '\x7fELF',
    guard: 'known',
    walls: 'known',
  },
];
