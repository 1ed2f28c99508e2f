import { spawn } from 'node:child_process';
import { killGroup, ownGroup } from '../../sandbox/process/process-group';
import { reaper } from '../../sandbox/process/reaper';
import { SubmissionRefusal } from './refusal';

/**
 * Runs the machine's own Git, for a while and without a terminal.
 * @returns what it says on standard output
 * @throws SubmissionRefusal if there is no Git, if it fails or takes too long; the signal's reason once that
 * is aborted
 */
export async function gitOutput(words: readonly string[], signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const child = spawn('git', words, {
    // What it starts to fetch with ends with it.
    ...ownGroup(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      GIT_TERMINAL_PROMPT: '0',
      GIT_ASKPASS: '',
      SSH_ASKPASS: '',
      GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
      GIT_ALLOW_PROTOCOL: 'https:ssh:file',
      GIT_LFS_SKIP_SMUDGE: '1',
      LC_ALL: 'C',
    },
  });
  const release = child.pid === undefined ? () => {} : reaper.group(child.pid);
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] = (said[stream] + text).slice(-mostSaid);
    });
  }
  let isLate = false;
  const end = () => {
    if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
  };
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, patience);
  signal.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    if (isLate) throw tooLate();
    if (code !== 0) throw failed(said.stderr);
    return said.stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw noGit();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    release();
  }
}

/** How long it may take, in ms: the last commit of a learner's files is small. */
const patience = 60_000;

/** Most that is kept of what it says, in characters. */
const mostSaid = 100_000;

function noGit(): SubmissionRefusal {
  return new SubmissionRefusal(
    'Git is needed to fetch a repository, and is not on this machine.',
    'Install Git, or name a folder or a zip in place of the repository.',
  );
}

function tooLate(): SubmissionRefusal {
  return new SubmissionRefusal(
    `The repository could not be fetched within ${patience / 1000} s.`,
    'See whether it can be reached, and grade again.',
  );
}

function failed(said: string): SubmissionRefusal {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const reason = lines.find((line) => line.startsWith('fatal: ')) ?? lines.at(-1) ?? '';
  // A URL may have somebody's password in it.
  const words = reason.replace(/^fatal: /, '').replace(/\/\/[^@/\s]*@/g, '//');
  return new SubmissionRefusal(
    `The repository cannot be fetched: ${words.slice(0, 300).replace(/\.?$/, '.')}`,
    'See whether its address is right and you may read it, and grade again.',
  );
}
