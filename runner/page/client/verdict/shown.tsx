import type { JSX } from 'preact';
import { controlName } from '../../../report/terminal/control-names';
import { unicodeGlyphs } from '../../../report/terminal/glyphs';
import { sanitize } from '../../../report/terminal/invisible';

export interface ShownProps {
  text: string;
  /** Makes what cannot be seen visible; what a browser would hide or obey, without it. */
  sign?: (text: string) => string;
}

/** A text from a program, as text: the signs for what is invisible are set off. */
export function Shown({ text, sign = visibly }: ShownProps): JSX.Element {
  if (sign(text) === text) return <>{text}</>;
  return <>{piecesOf(text, sign)}</>;
}

function visibly(text: string): string {
  return sanitize(text, unicodeGlyphs);
}

function piecesOf(text: string, sign: (text: string) => string): (string | JSX.Element)[] {
  const pieces: (string | JSX.Element)[] = [];
  let plain = '';
  for (const letter of text) {
    const drawn = sign(letter);
    if (drawn === letter) {
      plain += letter;
      continue;
    }
    if (plain !== '') pieces.push(plain);
    plain = '';
    pieces.push(
      <span key={pieces.length} class="sign">
        {controlName(letter) ?? drawn}
      </span>,
    );
  }
  return [...pieces, plain];
}
