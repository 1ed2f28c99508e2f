import { stripVTControlCharacters } from 'node:util';
import inquirer from 'inquirer';
import { type Console, Interruption } from '../commands/session';
import { suspended } from '../commands/suspension';
import { keyLine } from '../report/terminal/keys';
import type { Screen } from '../report/terminal/screen';
import type { Answer, Choice, Menu } from './choice';
import { isSuspension, type Key, keyName } from './keyboard';
import { chooseByTyping } from './typing';

/** Shows a menu to move about in with the arrows or j and k. */
export async function choose(console: Console, menu: Menu): Promise<Answer> {
  const { screen } = console;
  if (!screen.live) return { value: await chooseByTyping(console, menu) };
  const { heading, foot, room } = fitted(menu, console.streams.output.rows || 24);
  return answered(console, menu.onKey, (prompt) =>
    prompt([
      {
        type: 'select',
        name: 'value',
        message: screen.spell(heading),
        choices: menu.choices.map((choice) => ({ ...choice, name: screen.spell(choice.name) })),
        default: menu.start,
        loop: false,
        pageSize: room,
        theme: { ...theme(screen, foot), keybindings: ['vim'] },
      },
    ]),
  );
}

/** Shows a menu that narrows down while one types; Escape gives the empty value. */
export async function search(
  console: Console,
  heading: string,
  typed: string,
  source: (term: string) => Choice[],
): Promise<Answer> {
  const foot = keyLine(searchKeys, console.screen).join('\n');
  const onKey = (key: string) => (key === 'escape' ? '' : undefined);
  return answered(console, onKey, (prompt) =>
    prompt([
      {
        type: 'search',
        name: 'value',
        message: heading,
        initialValue: typed,
        source: (term) =>
          source(term ?? '').map((one) => ({ ...one, name: console.screen.spell(one.name) })),
        pageSize: Math.max(1, (console.streams.output.rows || 24) - 6),
        theme: theme(console.screen, foot),
      },
    ]),
  );
}

/** What of a menu fits into so many rows: the choices first, then what they are of, then the keys. */
function fitted(menu: Menu, rows: number): { heading: string; foot: string; room: number } {
  const heading = menu.heading.split('\n');
  const foot = menu.foot.split('\n');
  const room = () => rows - heading.length - foot.length - 3;
  while (room() < leastChoices && foot.length > 1) foot.pop();
  while (room() < leastChoices && heading.length > 1) heading.pop();
  return { heading: heading.join('\n'), foot: foot.join('\n'), room: Math.max(1, room()) };
}

/** Choices that are to be seen at once, however small the terminal is. */
const leastChoices = 3;

const searchKeys = [
  { key: 'type', does: 'to search' },
  { key: 'Enter', does: 'open' },
  { key: 'Esc', does: 'back' },
];

type Prompt = typeof inquirer.prompt;

/** Asks, and cuts the asking short for a key with a meaning, a new size, Ctrl-Z, and the end. */
async function answered(
  console: Console,
  onKey: (key: string) => string | undefined,
  ask: (prompt: Prompt) => Promise<{ value: string }>,
): Promise<Answer> {
  const { input, output } = console.streams;
  const cut = new AbortController();
  let answer: Answer | undefined;
  const finish = (given: Answer) => {
    answer = given;
    cut.abort();
  };
  let suspends = false;
  const hear = (text: string | undefined, key: Key) => {
    if (isSuspension(key)) {
      suspends = true;
      // Node's own answer to Ctrl-Z would stop the workbook alone, and npm would still wait for it.
      Object.assign(key, { name: 'escape', ctrl: false });
      finish('stale');
      return;
    }
    // Node reports Escape alone as Escape with Meta.
    const chord = key.ctrl || (key.meta && key.name !== 'escape');
    const value = chord ? undefined : onKey(keyName(text, key));
    if (value !== undefined) finish({ value });
  };
  const resized = () => finish('stale');
  input.prependListener('keypress', hear);
  output.on('resize', resized);
  const signal = AbortSignal.any([cut.signal, console.signal]);
  const prompt = inquirer.createPromptModule<Record<string, never>>({
    input,
    output,
    signal,
    clearPromptOnDone: true,
  });
  try {
    const { value } = await ask(prompt as Prompt);
    return { value };
  } catch (error) {
    if (suspends) await suspended(output);
    if (answer !== undefined) return answer;
    console.signal.throwIfAborted();
    // Inquirer's name for Ctrl-C.
    if (error instanceof Error && error.name === 'ExitPromptError')
      throw new Interruption('Ctrl-C');
    throw error;
  } finally {
    input.off('keypress', hear);
    output.off('resize', resized);
  }
}

function theme({ paint, glyphs }: Screen, foot: string) {
  const plainly = (text: string) => text;
  return {
    prefix: { idle: '', done: '' },
    icon: { cursor: glyphs.next === '->' ? '>' : '❯' },
    style: {
      answer: plainly,
      message: plainly,
      highlight: (text: string) => paint(['bold', 'cyan'], stripVTControlCharacters(text)),
      description: (text: string) => paint('dim', text),
      searchTerm: (text: string) => paint('cyan', text),
      error: (text: string) => paint('red', `  ${text}`),
      disabled: (text: string) => paint('dim', text),
      keysHelpTip: () => foot,
    },
  };
}
