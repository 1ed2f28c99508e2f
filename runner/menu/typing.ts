import { createInterface } from 'node:readline/promises';
import { type Console, Interruption } from '../commands/session';
import { wrap } from '../report/terminal/wrap';
import type { Menu } from './choice';

/** Shows a menu as a list of words, and reads what was typed: nothing moves on the screen. */
export async function chooseByTyping(console: Console, menu: Menu): Promise<string> {
  const say = (line: string, hang: string) =>
    console.say(wrap(line, console.screen.width, '', hang).join('\n'));
  for (const line of menu.heading.split('\n')) say(line, '');
  for (const { key = '', name } of menu.choices) say(key ? `${key}: ${name.trim()}` : name, '   ');
  for (;;) {
    const typed = await typedLine(console, 'Your choice: ');
    const choice = menu.choices.find(({ key }) => key === typed);
    const value = choice?.value ?? (typed === '' ? menu.start : menu.onKey(typed));
    if (value !== undefined) return value;
    console.say(`There is no choice "${typed}".`);
  }
}

/**
 * Reads one line.
 * @throws Interruption at Ctrl-C and at the end of the input
 */
export async function typedLine(console: Console, prompt: string): Promise<string> {
  const { input, output } = console.streams;
  const lines = createInterface({ input, output, terminal: false });
  const closed = new Promise<never>((_, reject) => {
    lines.once('close', () => reject(new Interruption('the input ended')));
  });
  try {
    const line = lines.question(prompt, { signal: console.signal });
    return (await Promise.race([line, closed])).trim().toLowerCase();
  } finally {
    closed.catch(() => {});
    lines.close();
  }
}
