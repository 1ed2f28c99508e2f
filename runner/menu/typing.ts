import { createInterface } from 'node:readline/promises';
import { Interruption, type Session } from '../commands/session';
import type { Menu } from './choice';

/** Shows a menu as a list of words, and reads what was typed: nothing moves on the screen. */
export async function chooseByTyping(session: Session, menu: Menu): Promise<string> {
  session.say(menu.heading);
  for (const { key = '', name } of menu.choices) session.say(key ? `${key}: ${name.trim()}` : name);
  for (;;) {
    const typed = await typedLine(session, 'Your choice: ');
    const choice = menu.choices.find(({ key }) => key === typed);
    const value = choice?.value ?? (typed === '' ? menu.start : menu.onKey(typed));
    if (value !== undefined) return value;
    session.say(`There is no choice "${typed}".`);
  }
}

/**
 * Reads one line.
 * @throws Interruption at Ctrl-C and at the end of the input
 */
export async function typedLine(session: Session, prompt: string): Promise<string> {
  const { input, output } = session.streams;
  const lines = createInterface({ input, output, terminal: false });
  const closed = new Promise<never>((_, reject) => {
    lines.once('close', () => reject(new Interruption('the input ended')));
  });
  try {
    const line = lines.question(prompt, { signal: session.signal });
    return (await Promise.race([line, closed])).trim().toLowerCase();
  } finally {
    closed.catch(() => {});
    lines.close();
  }
}
