import type { ClassComparison } from './class-comparison';
import type { MarkedFile, SimilarFiles, SimilarPair } from './similar-pairs';

/** What a list of pairs is, and what it is not. */
export const whatPairsAre =
  'What two have in common beyond starters, worked versions and what most of the class has. Names, values and comments do not count. It is for you to judge: short programs for one task are alike by chance, too.';

/** How much a pair shares, such as `41 % of their code, 98 % of what is theirs alone`. */
export function shareWords({ share, ownShare }: SimilarPair): string {
  return `${percent(share)} of their code, ${percent(ownShare)} of what is theirs alone`;
}

/** In whole percent; less than half of one is never nothing. */
export function percent(share: number): string {
  return share < 0.005 ? 'under 1 %' : `${Math.round(share * 100)} %`;
}

/** Two files by their names, or by one if both have the same. */
export function namesOf({ left, right }: SimilarFiles): string {
  const names = [left, right].map(({ file }) => file.name);
  return [...new Set(names)].join(' and ');
}

/** Such as `34 lines`; of two files that differ the longer stretch. */
export function linesOf(files: readonly SimilarFiles[]): string {
  const count = (side: 'left' | 'right') => {
    // A file may stand beside two.
    const marked = new Map(files.map((one) => [one[side].file, one[side]]));
    return [...marked.values()].reduce((sum, { lines }: MarkedFile) => sum + lines.size, 0);
  };
  const lines = Math.max(count('left'), count('right'));
  return `${lines} ${lines === 1 ? 'line' : 'lines'}`;
}

/** What the list does not say, a sentence each. */
export function remarksOn(comparison: ClassComparison): string[] {
  const { pairs, all, unparsed, withoutCode } = comparison;
  const broken = unparsed.map(({ code, file }) => `${file.name} of ${code.learner.name}`);
  return [
    ...(all > pairs.length ? [`${all - pairs.length} pairs more share less.`] : []),
    ...(broken.length > 0
      ? [
          `Not to be parsed, so everybody’s file of that name is compared word by word: ${few(broken)}.`,
        ]
      : []),
    ...(withoutCode.length > 0
      ? [`Not compared, as the folder is gone or was not taken: ${few(withoutCode)}.`]
      : []),
  ];
}

function few(names: readonly string[]): string {
  const more = names.length - mostNames;
  return names.slice(0, mostNames).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const mostNames = 10;
