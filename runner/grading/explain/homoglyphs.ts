import { type PlacedFinding, quote } from '../finding';

/** A finding that compares two texts which look the same, with what tells them apart. */
export function explainByLook(finding: PlacedFinding): PlacedFinding {
  const pair = finding.compared && lookalike(...finding.compared);
  return pair ? { ...finding, message: `${finding.message} ${difference(pair)}` } : finding;
}

/** Which of the two is the odd one, and how it is called. */
function difference(pair: [string, string]): string {
  const [plain, odd] = isPlain(pair[0]) ? pair : [pair[1], pair[0]];
  const code = `U+${(odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /\s/.test(plain)
    ? `They look the same: one has another blank than the space bar gives, ${code}.`
    : `They look the same: in one, ${quote(odd)} is a letter of another alphabet, ${code}, not ${quote(plain)}.`;
}

function isPlain(character: string): boolean {
  return (character.codePointAt(0) ?? 0) < 128;
}

/**
 * What tells two texts apart that look alike: a letter of another alphabet, or an odd blank.
 * @returns the character in each where they first differ; nothing where that can be seen
 */
function lookalike(one: string, other: string): [string, string] | undefined {
  if (one === other || seen(one) !== seen(other)) return undefined;
  const ones = [...one];
  const others = [...other];
  const at = ones.findIndex((character, index) => character !== others[index]);
  return [ones[at] ?? '', others[at] ?? ''];
}

/** As it looks: letters of other alphabets by the Latin ones that they look like. */
function seen(text: string): string {
  return [...text]
    .map((one) => twins.get(one) ?? one)
    .join('')
    .replace(/\p{Zs}/gu, ' ');
}

/** Cyrillic and Greek letters, and the Latin ones that they are drawn as, by Unicode's confusables. */
const foreign = 'аеорсхуіѕјһԁԛԝονАВЕКМНОРСТХЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ';
const latin = 'aeopcxyisjhdqwovABEKMHOPCTXSIJABEZHIKMNOPTYX';
const twins = new Map([...foreign].map((letter, at) => [letter, latin[at] ?? letter]));
