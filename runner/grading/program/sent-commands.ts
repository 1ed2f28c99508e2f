import { commandText } from '../../redis/protocol/command-text';
import { type NextStep, type PlacedFinding, quote } from '../finding';
import { isGreeting } from './greetings';
import { notFilledIn, placeholderIn } from './placeholder';

/** The next step where a command never came, where another of its name did, where it came too often. */
export interface CommandNext {
  never: NextStep;
  other: NextStep;
  often: NextStep;
}

/**
 * The finding about a command that came another number of times than it should.
 * @param sent all commands, as words
 * @returns nothing where it came so often; or at all, where no number is given
 */
export function wrongCommand(
  words: string[],
  sent: readonly string[][],
  next: NextStep | CommandNext,
  times?: number,
): PlacedFinding | undefined {
  const count = sent.filter((one) => one.length === words.length && startsWith(one, words)).length;
  if (count === times || (times === undefined && count > 0)) return undefined;
  const wanted = quote(commandText(words));
  const asked = sent.filter((one) => !isGreeting(one));
  const sides = { expected: commandText(words), seen: asked.map(commandText).join('\n') };
  const step =
    typeof next === 'object' && 'never' in next ? next : { never: next, other: next, often: next };
  const at = { sends: words };
  if (count > 0) {
    const message = `Redis got ${wanted} ${count} times; the task asks for ${times}.`;
    return { class: 'wrong-command', message, next: step.often, at, ...sides };
  }
  const others = sent.filter(([name]) => name === words[0]);
  // Or what was sent by another command: a word for a word the same.
  const [other = sent.find((one) => isSameBut(one, words))] = others;
  const placeholder = other && placeholderIn(other.join(' '));
  if (placeholder !== undefined) {
    const filled = notFilledIn(placeholder, 'sent');
    return { class: 'wrong-command', ...filled, at: { sends: other ?? words }, ...sides };
  }
  if (!other) {
    const message = `Redis never got the command ${wanted}.`;
    return { class: 'wrong-command', message, next: step.never, at, ...sides };
  }
  // SET takes options behind the value.
  const longer = words[0] === 'SET' ? others.find((one) => startsWith(one, words)) : undefined;
  const options = longer?.slice(words.length).join(' ');
  return {
    class: 'wrong-command',
    message: `Redis never got ${wanted}; it got ${quote(commandText(other))}.`,
    next:
      options === undefined
        ? step.other
        : `Set the key to the value alone, without ${quote(options)}.`,
    at: [{ sends: other }, at],
    compared: [commandText(words), commandText(other)],
    ...sides,
  };
}

/** Whether only the command's name is another. */
function isSameBut(one: string[], words: string[]): boolean {
  return (
    one.length === words.length &&
    one.length > 1 &&
    words.every((word, at) => at === 0 || word === one[at])
  );
}

function startsWith(one: string[], words: string[]): boolean {
  return words.every((word, index) => word === one[index]);
}
