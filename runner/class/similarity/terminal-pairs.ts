import { sanitize, sanitizeProse } from '../../report/terminal/invisible';
import type { Screen } from '../../report/terminal/screen';
import { wrap } from '../../report/terminal/wrap';
import type { ClassComparison } from './class-comparison';
import { linesOf, namesOf, remarksOn, shareWords, whatPairsAre } from './pair-words';
import type { SimilarPair } from './similar-pairs';

/** Who has the same code, the most first. */
export function terminalPairs(comparison: ClassComparison, screen: Screen): string {
  const { paint, width, glyphs } = screen;
  const dim = (text: string) =>
    wrap(sanitizeProse(text, glyphs), width, '  ').map((line) => paint('dim', line));
  const { pairs } = comparison;
  const none = 'No two have anything in common.';
  return [
    paint('bold', '  Who has the same code'),
    ...dim(whatPairsAre),
    ...(pairs.length === 0 ? ['', `  ${none}`] : pairs.flatMap((pair) => pairLines(pair, screen))),
    ...remarksOn(comparison).flatMap((remark) => ['', ...dim(remark)]),
  ].join('\n');
}

function pairLines(pair: SimilarPair, { width, glyphs, paint }: Screen): string[] {
  const { learners, files } = pair;
  const [left, right] = learners.map(({ learner }) => sanitize(learner.name, glyphs));
  const told = files.map((one) => `${namesOf(one)} ${linesOf([one])}`).join(', ');
  return [
    '',
    ...wrap(`${left} and ${right}`, width, '  ').map((line) => paint('bold', line)),
    ...wrap(shareWords(pair), width, '    '),
    ...wrap(sanitize(told, glyphs), width, '    ').map((line) => paint('dim', line)),
  ];
}
