import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { LessonName, Cell as RunnableCell } from '../../protocol';
import type { CellEditor } from './cell-editor';
import { type Block, type CellState, cellState } from './cell-state';
import { Outcome } from './outcome';

/** The editor is most of the script: the text stands there before it has come. */
const editor = signal<typeof CellEditor | undefined>(undefined);
void import('./cell-editor').then((loaded) => {
  editor.value = loaded.CellEditor;
});

export interface CellProps {
  lesson: LessonName;
  /** The piece of code in the lesson's text: its place, its language, and what stands there. */
  block: Block;
}

/** A piece of code of a lesson's text: one that runs can be changed, and shows what came of it. */
export function Cell({ lesson, block }: CellProps): JSX.Element {
  if (block.cell === undefined) {
    return (
      <pre class="block" data-language={block.language}>
        <code>{block.text}</code>
      </pre>
    );
  }
  return <Running state={cellState(lesson, block)} place={block.place} cell={block.cell} />;
}

function Running({
  state,
  place,
  cell,
}: {
  state: CellState;
  place: number;
  cell: RunnableCell;
}): JSX.Element {
  const run = state.run.value;
  const Editor = editor.value;
  const number = place + 1;
  const name = `Code ${number} of the lesson`;
  return (
    <section class="cell" aria-label={name}>
      {cell.before.length > 0 ? (
        <details class="before">
          <summary>
            <span>runs before it</span>
          </summary>
          <pre>{cell.before.join('\n')}</pre>
        </details>
      ) : null}
      {Editor ? (
        <Editor
          text={state.text}
          label={name}
          isCode={cell.kind === 'program'}
          onRun={() => void state.start()}
        />
      ) : (
        <pre class="block">
          <code>{state.text.value}</code>
        </pre>
      )}
      <div class="tools">
        {state.isGoing ? (
          <button type="button" onClick={() => void state.stop()}>
            Stop<span class="for-ears"> code {number}</span>
          </button>
        ) : (
          <button type="button" onClick={() => void state.start()}>
            Run<span class="for-ears"> code {number}</span>
          </button>
        )}
        {state.isChanged || (run && !state.isGoing) ? (
          <button type="button" onClick={() => void state.stop().then(() => state.reset())}>
            Reset<span class="for-ears"> code {number}</span>
          </button>
        ) : null}
        <p class="state" role="status">
          {run ? statusWords(run.value.status) : null}
        </p>
      </div>
      {run ? <Outcome run={run.value} /> : null}
    </section>
  );
}

function statusWords({ state, words }: { state: string; words: string }): string {
  if (state === 'ended') return words;
  return state === 'waits' ? 'Done.' : words || 'Runs …';
}
