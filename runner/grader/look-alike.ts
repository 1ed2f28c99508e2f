import { quote } from './finding';
import { lookalike } from './likeness';
import type { Finding } from './verdict';

/** A finding whose message shows two texts that look the same, with what tells them apart. */
export function explainByLook(finding: Finding): Finding {
  const texts = [...finding.message.matchAll(/“([^”]*)”|"([^"]*)"/g)].map(
    ([, curly, straight]) => curly ?? straight ?? '',
  );
  for (const [index, one] of texts.entries()) {
    for (const other of texts.slice(index + 1)) {
      const pair = lookalike(one, other);
      if (pair) return { ...finding, message: `${finding.message} ${told(pair)}` };
    }
  }
  return finding;
}

/** Which of the two is the odd one, and how it is called. */
function told(pair: [string, string]): string {
  const [plain, odd] = isPlain(pair[0]) ? pair : [pair[1], pair[0]];
  const code = `U+${(odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /\s/.test(plain)
    ? `They look the same: one has another blank than the space bar gives, ${code}.`
    : `They look the same: in one, ${quote(odd)} is a letter of another alphabet, ${code}, and no ${quote(plain)}.`;
}

function isPlain(character: string): boolean {
  return (character.codePointAt(0) ?? 0) < 128;
}
