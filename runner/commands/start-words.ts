/**
 * How a program is started with its words. On Windows that takes the shell, since editors such as
 * `code` are scripts there; and the shell takes what stands in quotation marks as one word.
 */
export function startWords(program: string, words: readonly string[], platform: NodeJS.Platform) {
  if (platform !== 'win32') return { command: program, args: [...words], shell: false };
  const quoted = (word: string) => (/^[\w.:\\/+-]+$/.test(word) ? word : `"${word}"`);
  return { command: [program, ...words].map(quoted).join(' '), args: [], shell: true };
}
