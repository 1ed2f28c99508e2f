import { quote } from '../finding';

/** A template's placeholder that was printed as it stands; nothing where there is none. */
export function placeholderIn(text: string): string | undefined {
  return /\$\{[^}]*\}?/.exec(text)?.[0];
}

/**
 * What to say of one: the text stands between quotation marks, not between backticks.
 * @param done with it: `printed`, `sent`
 */
export function notFilledIn(placeholder: string, done = 'printed') {
  return {
    message: `${quote(placeholder)} is ${done} as it stands, where a value belongs.`,
    next: `Put the text between backticks: only there ${quote(placeholder)} is filled in.`,
  };
}
