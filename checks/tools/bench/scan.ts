import { execFile } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { promisify } from 'node:util';
import { encode } from '../comparison/line';
import { inTurn, type Measure } from './measure';
import { SideBySide } from './side-by-side';

const run = promisify(execFile);

const KEYS = 100_000;

/** redis-cli's walk through all keys: a SCAN of ten after the other. */
export function scan(): Measure {
  const both = new SideBySide();
  return {
    name: 'scan',
    what: 'embedded Redis, `redis-cli --scan` over 100 000 keys',
    against: 'redis-server',
    unit: 'ms',
    goal: { atMost: 2 },
    open: async () => {
      await both.open();
      for (const socket of [both.ours, both.theirs]) await fill(socket);
    },
    sample: (round) =>
      inTurn(
        round,
        () => timeScan(both.ours),
        () => timeScan(both.theirs),
      ),
    close: () => both.close(),
  };
}

async function fill(path: string): Promise<void> {
  const wire = net.connect(path);
  const pairs = Array.from({ length: KEYS }, (_, at) => [`key:${at}`, 'value']);
  wire.write(encode(['MSET', ...pairs.flat()]), 'latin1');
  await once(wire, 'data');
  wire.destroy();
}

/** Milliseconds, the start of redis-cli included. */
async function timeScan(socket: string): Promise<number> {
  const start = performance.now();
  const options = { maxBuffer: 16 * 1024 * 1024 };
  const { stdout } = await run('redis-cli', ['-s', socket, '--scan'], options);
  const took = performance.now() - start;
  const found = new Set(stdout.split('\n').filter(Boolean)).size;
  if (found !== KEYS) throw new Error(`redis-cli found ${found} keys of ${KEYS}`);
  return took;
}
