import type { JSX } from 'preact';
import { Shown } from '../verdict/shown';

/** A text of several lines from a program, as text. */
export function Lines({ text }: { text: string }): JSX.Element {
  const lines = text.split('\n').map((line, place) => ({ line, place: String(place) }));
  return (
    <>
      {lines.map(({ line, place }) => (
        <span key={place}>
          <Shown text={line} />
          {'\n'}
        </span>
      ))}
    </>
  );
}
