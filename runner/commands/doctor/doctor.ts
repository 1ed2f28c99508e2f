import { wrap } from '../../report/terminal/wrap';
import type { ExitCode, Session } from '../session';
import { fileWatching } from './file-watching';
import { network } from './network';
import { temporaryFiles, workspace } from './storage';
import type { Symptom } from './symptom';
import { isolation, node, redis, terminal } from './tools';

/**
 * `doctor`: what this machine has of what the workbook needs, each lack with its cure.
 * @returns 0 if the workbook can work here, otherwise 3
 */
export async function doctor(session: Session): Promise<ExitCode> {
  const symptoms = [
    ...node(),
    await redis(),
    ...(await network()),
    temporaryFiles(),
    workspace(session.env),
    ...(await isolation()),
    terminal(session),
    fileWatching(session.env),
  ];
  const works = symptoms.every(({ state }) => state !== 'bad');
  if (session.options.json) session.print(JSON.stringify({ works, symptoms }, null, 2));
  else session.say(shown(session, symptoms, works));
  return works ? 0 : 3;
}

function shown({ screen }: Session, symptoms: readonly Symptom[], works: boolean): string {
  const { glyphs, paint, plain } = screen;
  const words = { good: 'good:', poor: 'poor:', bad: 'bad: ' };
  const marks = {
    good: paint('green', glyphs.pass),
    poor: paint('yellow', glyphs.changed),
    bad: paint('red', glyphs.fail),
  };
  const indent = ' '.repeat(23);
  const lines = symptoms.flatMap(({ what, state, found, cure }) => [
    ...wrap(
      found,
      screen.width,
      `  ${plain ? words[state] : marks[state]} ${what.padEnd(18)} `,
      indent,
    ),
    ...(cure === undefined ? [] : wrap(cure, screen.width, `${indent}${glyphs.next} `, indent)),
  ]);
  const end = works
    ? 'The workbook can work here.'
    : `The workbook cannot work here until what is marked ${plain ? 'bad' : glyphs.fail} is mended.`;
  return [...lines, '', `  ${end}`].join('\n');
}
