/** What clients and libraries send of their own accord when they connect. */
const greetings =
  /^(?:INFO|HELLO|COMMAND|CLIENT (?:SETINFO|SETNAME|GETNAME|ID|INFO|TRACKING|NO-EVICT))\b/;

/** Whether a command is a library's greeting, which no file asked for. */
export function isGreeting(words: readonly string[]): boolean {
  return greetings.test(words.slice(0, 2).join(' ').toUpperCase());
}
