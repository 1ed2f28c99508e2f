/**
 * A command as words, as a shell would split it: at blanks, except in quotation marks of either kind or
 * behind a backslash. Nothing else of a shell is understood: no variables, no patterns.
 * @returns nothing where a quotation mark is not closed
 */
export function shellWords(
  text: string,
  platform: NodeJS.Platform = process.platform,
): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let open = '';
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (open === letter) open = '';
    else if (open === '' && (letter === '"' || letter === "'")) {
      open = letter;
      word ??= '';
    } else if (isEscape(text, at, open, platform)) {
      at += 1;
      word = (word ?? '') + text.charAt(at);
    } else if (open === '' && /\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + letter;
  }
  if (open !== '') return undefined;
  return word === undefined ? words : [...words, word];
}

/** On Windows a backslash stands between folders. */
function isEscape(text: string, at: number, open: string, platform: NodeJS.Platform): boolean {
  if (text.charAt(at) !== '\\' || platform === 'win32' || at + 1 === text.length) return false;
  if (open === '"') return /["\\$`]/.test(text.charAt(at + 1));
  return open === '';
}
