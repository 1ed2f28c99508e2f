import type { Attack, Evidence } from './attack';

const visited = ({ scene }: Evidence) => scene.visits > 0;
const entered = ({ scene }: Evidence) => scene.entered > 0;

/** Reaching others, and being reached. */
export const network: readonly Attack[] = [
  {
    title: 'connects to a server of this machine',
    text: "await visit(net.connect(at.port, '127.0.0.1'));",
    got: visited,
    guard: 'stopped',
  },
  {
    title: 'asks it by HTTP',
    text: "await visit(require('node:http').get('http://127.0.0.1:' + at.port + '/'));",
    got: visited,
    guard: 'stopped',
  },
  {
    title: 'asks it by fetch',
    text: "await fetch('http://localhost:' + at.port + '/').catch(() => {});",
    got: visited,
    guard: 'stopped',
  },
  {
    title: 'connects to another address of this machine',
    text: "await visit(net.connect(at.otherPort, '127.0.0.2'));",
    got: visited,
    guard: 'known',
  },
  {
    title: 'connects to a name that it resolves itself',
    text: `const lookup = (_, options, done) =>
             options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
           await visit(net.connect({ host: 'elsewhere.invalid', port: at.port, lookup }));`,
    got: visited,
    guard: 'known',
  },
  {
    title: 'sends a datagram',
    text: `const socket = require('node:dgram').createSocket('udp4');
           await new Promise((done) => socket.send(at.secret, at.datagrams, '127.0.0.1', done));
           await later(50);`,
    got: visited,
    guard: 'known',
  },
  {
    title: 'asks a name server',
    text: `const resolver = new (require('node:dns').promises.Resolver)({ timeout: 300, tries: 1 });
           resolver.setServers(['127.0.0.1:' + at.datagrams]);
           await resolver.resolve4(at.secret + '.invalid').catch(() => {});`,
    got: visited,
    guard: 'known',
  },
  {
    title: 'connects to a Unix socket',
    text: 'await visit(net.connect(at.socket));',
    got: visited,
    guard: 'known',
  },
  {
    title: 'connects to a Unix socket without a path',
    text: 'await visit(net.connect(at.abstract));',
    got: visited,
    guard: 'known',
  },
  {
    title: 'sends to another machine',
    text: `const socket = net.connect(9, '192.0.2.1');
           tell(await Promise.race([
             new Promise((done) => socket.once('error', ({ code }) => done(code)).once('connect', () => done('connected'))),
             later(500).then(() => 'sent'),
           ]));`,
    got: ({ told }) => told[0] !== 'ENETUNREACH',
    guard: 'known',
    notBare: 'the machine may have no network',
  },
  {
    title: 'is reached on a port',
    text: `const server = net.createServer().listen(at.free, '127.0.0.1');
           await Promise.race([require('node:events').once(server, 'connection'), later(500)]);`,
    got: entered,
    guard: 'stopped',
  },
  {
    title: 'is reached by a debugger',
    text: `process.debugPort = at.free;
           process.kill(process.pid, 'SIGUSR1');
           await later(500);`,
    got: entered,
    guard: 'stopped',
  },
  {
    title: 'opens its debugger by itself',
    text: "require('node:inspector').open(at.free, '127.0.0.1'); await later(500);",
    got: entered,
    guard: 'stopped',
  },
];
