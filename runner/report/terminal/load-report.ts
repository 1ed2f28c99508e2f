import type { Allocation, LoadResult } from '../../vocabulary/http/load';
import { keyLine } from './keys';
import type { Screen } from './screen';
import { columnsOf, pad, wrap } from './wrap';

/**
 * What many requests at once to one server, and to two, showed: the numbers, and what they mean.
 * @param cure the command that shows a server that gives exactly what is there
 */
export function loadReport(results: readonly LoadResult[], screen: Screen, cure?: string): string {
  const blocks = results.map((result) => block(result, screen));
  return [...blocks, ...conclusion(results, screen, cure)].join('\n');
}

function block(result: LoadResult, screen: Screen): string {
  const { servers, requests, perSecond, errors } = result;
  const where = servers === 1 ? 'one server' : `${servers} servers on one Redis`;
  const head = `  ${screen.paint('bold', `${requests} requests at once, ${where}`)}`;
  const widest = Math.max(...result.tallies.map(({ what }) => columnsOf(what)));
  const lines = result.tallies.map((tally) => `    ${row(tally, widest, screen)}`);
  const speed = `    ${perSecond} requests a second, ${errors === 0 ? 'no' : errors} errors`;
  const error =
    result.firstError === undefined ? [] : wrap(result.firstError, screen.width, '    ');
  return [head, ...lines, speed, ...error, ''].join('\n');
}

function row({ what, there, given }: Allocation, widest: number, screen: Screen): string {
  const right = given === there;
  const sign = right ? screen.glyphs.pass : screen.glyphs.fail;
  const text = `${sign} ${pad(what, widest)}  ${given} given, ${there} there`;
  return screen.paint(right ? 'green' : 'yellow', text);
}

function conclusion(results: readonly LoadResult[], screen: Screen, cure?: string): string[] {
  const say = (text: string) => wrap(text, screen.width, '  ');
  const over = results.filter(({ tallies }) => tallies.some(({ there, given }) => given > there));
  const under = results.some(({ tallies }) => tallies.some(({ there, given }) => given < there));
  if (over.length > 0) {
    const race = over.some(({ servers }) => servers === 1) ? raceInOne : raceInTwo;
    const key = cure === undefined ? [] : [{ key: cure, does: 'one that does, and why' }];
    return [...say(race), '', ...keyLine(key, screen)];
  }
  if (under) return say('Less was given than there is: look at the errors above.');
  return say('Exactly what is there was given: nobody was promised what another one has.');
}

const raceInOne =
  'More was given than there is. Between the read and the write of one request, others read the same number. To close the gap, let Redis count and compare in one step, with INCR or a script.';

const raceInTwo =
  'With two servers more was given than there is: what one of them knows in its own memory the other does not see. To close the gap, let Redis count and compare in one step, with DECR or a script.';
