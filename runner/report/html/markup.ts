import { controlName } from '../terminal/control-names';
import { sanitize } from '../terminal/invisible';
import { describeScreen } from '../terminal/screen';

/** Text that is HTML already; only {@link html} makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text is escaped, markup is not, nothing is nothing. */
export type Content = Markup | string | number | undefined | readonly Content[];

/**
 * HTML from a template. Every text put into it is escaped, for content and for quoted attributes
 * alike, and what a browser would hide or obey is made visible: see invisible.ts.
 */
export function html(parts: TemplateStringsArray, ...values: Content[]): Markup {
  return new Markup(
    parts
      .map((part, index) => part + (index < values.length ? render(values[index]) : ''))
      .join(''),
  );
}

/** A text for the page's content, with the signs for what is invisible set off. */
export function shown(text: string, sign: (text: string) => string = visibly): Markup {
  const whole = sign(text);
  if (whole === text) return new Markup(escaped(text));
  const letters = Array.from(text, (letter) => {
    const drawn = sign(letter);
    if (drawn === letter) return escaped(letter);
    return `<span class="sign">${escaped(controlName(letter) ?? drawn)}</span>`;
  });
  return new Markup(letters.join(''));
}

/** The signs of a page: the terminal's own. */
export const { glyphs } = describeScreen({}, {});

/** Cuts a text too long to be of use, and says how much is gone. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)} ${glyphs.ellipsis} (${text.length - most} characters more)`;
}

function render(value: Content): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(render).join('');
  return escaped(visibly(String(value)));
}

function visibly(text: string): string {
  return sanitize(text, glyphs);
}

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (letter) => entities[letter] ?? '');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
