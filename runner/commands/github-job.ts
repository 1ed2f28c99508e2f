import fs from 'node:fs';
import type { Graded } from '../course/grading';
import type { Session } from './session';

/** What GitHub's runner tells a step of a job. */
export interface GithubJob {
  /** The top of the repository, absolute. */
  top: string;
  /** The file for the step's summary; a runner of before 2022 has none. */
  summary?: string;
}

/** Of the job that the workbook runs in; nothing elsewhere. */
export function githubJob(env: NodeJS.ProcessEnv): GithubJob | undefined {
  const { GITHUB_ACTIONS, GITHUB_WORKSPACE, GITHUB_STEP_SUMMARY: summary } = env;
  if (GITHUB_ACTIONS !== 'true') return undefined;
  return { top: GITHUB_WORKSPACE || process.cwd(), ...(summary ? { summary } : {}) };
}

/**
 * Does what shows learners' text, and keeps GitHub's runner from obeying any of it: it reads commands
 * out of what a step writes, old ones (`##[…]`) from the middle of a line too.
 */
export async function unobeyedByGithub<T>(session: Session, show: () => Promise<T>): Promise<T> {
  const { unobeyed } = await import('../report/github-commands');
  const { begin, end } = unobeyed();
  session.print(begin);
  try {
    return await show();
  } finally {
    session.print(end);
  }
}

/**
 * Marks in the repository's files what did not pass, and adds a table to the summary of the step.
 * @param silent the output is somebody else's: only the summary is written
 */
export async function tellGithub(
  session: Session,
  { top, summary }: GithubJob,
  all: readonly Graded[],
  silent: boolean,
): Promise<void> {
  if (!silent) {
    const { githubAnnotations } = await import('../report/github-commands');
    for (const line of githubAnnotations(all, top)) session.print(line);
  }
  if (summary === undefined) return;
  const { githubSummary } = await import('../report/github-summary');
  try {
    const size = fs.statSync(summary, { throwIfNoEntry: false })?.size ?? 0;
    fs.appendFileSync(summary, githubSummary(all, largestSummary - size));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    session.note(`The summary of the job could not be written (${code ?? String(error)}).`);
  }
}

/** GitHub refuses the summary of a step that is larger, in bytes. */
const largestSummary = 1024 * 1024;
