import { UsageError } from '../../../course/usage-error';
import type { Answer } from '../../../vocabulary/http/answer';
import { Request } from '../../../vocabulary/http/request';
import type { ServerAnswer, ServerAnswers } from '../../protocol';
import type { ProgramRun } from './program-run';

/** What to ask, how many times at once, and at which port if there are several. */
export interface Question {
  path: string;
  times: number;
  port: number;
}

/**
 * Asks a server by GET, so many times at once, and counts the answers.
 * @throws UsageError where it does not listen
 */
export async function askServer(
  { sandbox, program }: ProgramRun,
  { path, times, port }: Question,
): Promise<ServerAnswers> {
  const { name, servers } = program;
  const [asked = port] = servers.has(port) ? [port] : servers.keys();
  const socket = servers.get(asked);
  if (program.exit || socket === undefined) {
    throw new UsageError(
      program.exit ? 'The server has ended.' : 'The server does not listen yet.',
      program.exit ? 'Start it again.' : 'Look below at what it says, and ask again.',
    );
  }
  const start = performance.now();
  const requests = Array.from(
    { length: times },
    () => new Request(sandbox.journal, { name, port: asked, socket }, path, patience),
  );
  const answers = counted(await Promise.all(requests.map(({ answer }) => answer)));
  return {
    answers: answers.slice(0, mostAnswers),
    omitted: Math.max(0, answers.length - mostAnswers),
    ms: performance.now() - start,
  };
}

/** For one request, in milliseconds. */
const patience = 15_000;
const mostAnswers = 20;

/** Answers that say the same are one, the most frequent first. */
function counted(answers: readonly (Answer | Error)[]): ServerAnswer[] {
  const found = new Map<string, ServerAnswer>();
  for (const answer of answers) {
    const shown = shownAnswer(answer);
    const key = JSON.stringify([shown.status, shown.body]);
    const known = found.get(key);
    if (known) known.count += 1;
    else found.set(key, shown);
  }
  return [...found.values()].sort((one, other) => other.count - one.count);
}

function shownAnswer(answer: Answer | Error): ServerAnswer {
  if (answer instanceof Error) return { count: 1, headers: [], body: answer.message };
  const { status, headers, json, body } = answer;
  const text = json === undefined ? body : JSON.stringify(json, undefined, 2);
  return { count: 1, status, headers, body: text.slice(0, longest) };
}

/** In letters. */
const longest = 20_000;
