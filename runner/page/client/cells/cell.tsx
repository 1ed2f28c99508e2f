import type { JSX } from 'preact';
import type { LessonName, TextNode } from '../../protocol';

export interface CellProps {
  lesson: LessonName;
  /** The piece of code in the lesson's text: its place, its language, and what stands there. */
  block: Extract<TextNode, { kind: 'block' }>;
}

/** A piece of code of a lesson's text, to be read; here it may become one that runs. */
export function Cell({ block }: CellProps): JSX.Element {
  return (
    <pre class="block" data-language={block.language}>
      <code>{block.text}</code>
    </pre>
  );
}
