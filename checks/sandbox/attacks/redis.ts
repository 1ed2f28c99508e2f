import type { Attack, Evidence } from './attack';

const kinds = ['embedded', 'server'] as const;
const notBare = 'there is no Redis of a check';

/** Sends commands to the Redis of the check; `command(...)` gives what it answers. */
const prelude = `
const { once } = require('node:events');
const socket = net.connect(6379).on('error', () => {});
const command = async (...words) => {
  socket.write('*' + words.length + '\\r\\n' +
    words.map((word) => '$' + Buffer.byteLength(word) + '\\r\\n' + word + '\\r\\n').join(''));
  return String(await once(socket, 'data'));
};
await command('SET', 'a', 'x');
`;

/** What Redis has to refuse, by title: the words of a command, as expressions. */
const refused: Record<string, string> = {
  'moves its files': "'CONFIG', 'SET', 'dir', at.neighbour",
  'names its file otherwise': "'CONFIG', 'SET', 'dbfilename', 'answer.js'",
  'loads a module': "'MODULE', 'LOAD', at.own + '/victim'",
  'stops it': "'DEBUG', 'SLEEP', '0'",
  'runs a program by a script': `'EVAL', "return os.execute('true')", '0'`,
  'reads a file by a script': `'EVAL', "return io.open('/etc/passwd'):read('*a')", '0'`,
  'loads a file by a script': `'EVAL', "return dofile('/etc/passwd')", '0'`,
  'loads a library by a script': `'EVAL', "return package.loadlib('libc.so.6', '*')", '0'`,
};

const visited = ({ scene }: Evidence) => scene.visits > 0;
const entered = ({ scene }: Evidence) => scene.entered > 0;

/** What has Redis reach others, or be reached: the words, and what shows it. */
const reaching: Record<string, [words: string, got: Attack['got']]> = {
  'follows another': ["'REPLICAOF', '127.0.0.1', String(at.port)", visited],
  'sends keys elsewhere': ["'MIGRATE', '127.0.0.1', String(at.port), 'a', '0', '300'", visited],
  'sends keys elsewhere by a script': [
    `'EVAL', "return redis.call('MIGRATE', '127.0.0.1', ARGV[1], 'a', '0', '300')", '0', String(at.port)`,
    visited,
  ],
  'opens a port': ["'CONFIG', 'SET', 'port', String(at.free)", entered],
};

/** Using the Redis of the check, which is a process outside, against the machine. */
export const redis: readonly Attack[] = kinds.flatMap((kind) => [
  {
    title: `with ${Object.keys(refused).length} commands moves, breaks or leaves Redis (${kind})`,
    text: `${prelude}
           for (const words of [${Object.values(refused).map((words) => `[${words}]`)}]) {
             const answer = await command(...words);
             if (!answer.startsWith('-')) tell([words, answer]);
           }`,
    got: ({ told }) => told.length > 0,
    guard: 'stopped',
    notBare,
    redis: kind,
  },
  ...Object.entries(reaching).map(([title, [words, got]]): Attack => {
    // Elsewhere a redis-server has the machine's own network.
    const isKnown = kind === 'server' && got === entered && process.platform !== 'linux';
    return {
      title: `has Redis (${kind}) reach others: ${title}`,
      text: `${prelude} await command(${words}); await later(${kind === 'server' ? 1300 : 100});`,
      got,
      guard: isKnown ? 'known' : 'stopped',
      ...(isKnown ? { walls: 'known' } : {}),
      notBare,
      redis: kind,
    };
  }),
]);
