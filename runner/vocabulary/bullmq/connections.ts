import type { ProgramRun } from '../../grading/program/program-run';
import { queueOf } from './keys';

/** Whose a connection to Redis is: by what was sent over it; `client` for one that BullMQ does not use. */
export type ConnectionOwner = 'worker' | 'queue' | 'events' | 'client';

/** Whose the connections are that a program has open. */
export function openConnections(running: ProgramRun): ConnectionOwner[] {
  return running.program.tap.openConnections.map((number) =>
    ownerOf(
      running.sent.filter(({ connection }) => connection === number).map(({ words }) => words),
    ),
  );
}

function ownerOf(commands: readonly string[][]): ConnectionOwner {
  const has = (isMeant: (words: string[]) => boolean) => commands.some(isMeant);
  if (has(([name]) => name === 'XREAD')) return 'events';
  const asks = ([name, , , first, second]: string[]) =>
    name?.startsWith('EVAL') === true &&
    first?.endsWith(':wait') === true &&
    second?.endsWith(':active') === true;
  if (has((words) => words[0] === 'BZPOPMIN' || asks(words))) return 'worker';
  return has((words) => words.some((word) => queueOf(word) !== undefined)) ? 'queue' : 'client';
}
