import { spawnSync } from 'node:child_process';
import net from 'node:net';

/** Stands in the environment of a test that has a network of its own. */
const mark = 'WORKBOOK_OWN_NETWORK';

const fixedPorts = [6379, 1245];

/**
 * Lets a test have the course's fixed ports: where Linux gives it a network of its own the file is
 * run again in there, and this process ends as that one does.
 * @param file the test's own
 * @returns why the ports cannot be had; nothing where they can
 */
export async function withoutFixedPorts(file: string): Promise<string | undefined> {
  if (process.env[mark] === undefined) runInside(file);
  const taken: number[] = [];
  for (const port of fixedPorts) if (!(await isFree(port))) taken.push(port);
  return taken.length === 0 ? undefined : `something listens on ${taken.join(' and ')} here`;
}

function runInside(file: string): void {
  const ways = process.getuid?.() === 0 ? ['-n'] : ['-rn'];
  const inside = (...command: string[]) => [
    ...ways,
    'sh',
    '-c',
    'ip link set lo up && exec "$@"',
    'sh',
    ...command,
  ];
  if (spawnSync('unshare', inside('true'), { stdio: 'ignore' }).status !== 0) return;
  const { status } = spawnSync('unshare', inside(process.execPath, ...process.execArgv, file), {
    stdio: 'inherit',
    env: { ...process.env, [mark]: '1' },
  });
  process.exit(status ?? 1);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}
