import { spawn } from 'node:child_process';

/** Keeps a processor busy as long as its parent lives. */
const program = `
const parent = process.ppid;
while (process.ppid === parent) {
  const end = Date.now() + 200;
  while (Date.now() < end);
}`;

/**
 * Puts the machine under load.
 * @param count how many processors to keep busy
 * @returns ends it
 */
export function burn(count: number): () => void {
  const burners = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', program], { stdio: 'ignore' }),
  );
  const end = () => {
    for (const one of burners) one.kill('SIGKILL');
  };
  process.once('exit', end);
  return end;
}
