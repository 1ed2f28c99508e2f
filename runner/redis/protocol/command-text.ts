/**
 * A command on one line, as one would type it: words with blanks or quotes in quotation marks, and
 * JSON, which is full of double ones, in single ones.
 */
export function commandText(words: readonly string[]): string {
  return words.map(wordText).join(' ');
}

function wordText(word: string): string {
  if (/^[^\s"']+$/.test(word)) return word;
  return word.includes('"') && !/['\n]/.test(word) ? `'${word}'` : JSON.stringify(word);
}
