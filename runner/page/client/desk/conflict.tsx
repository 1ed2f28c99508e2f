import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LessonFile } from '../../protocol';
import { codeExtensions } from '../editor/extensions';
import type { Draft } from '../store/draft';

/**
 * Two versions met: what stands in the page, and what another program wrote. The learner takes one, or
 * makes a third from both; the one that gives way is kept in a file of its own.
 */
export function Conflict({ draft, theirs }: { draft: Draft; theirs: LessonFile }): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const merged = useRef<MergeView | undefined>(undefined);
  useEffect(() => {
    const place = host.current;
    if (!place) return;
    const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
    const view = new MergeView({
      a: {
        doc: theirs.text ?? '',
        extensions: [codeExtensions('in the file'), EditorState.readOnly.of(true)],
      },
      b: { doc: draft.text.peek(), extensions: codeExtensions('in this page') },
      root,
      parent: root,
      revertControls: 'a-to-b',
      renderRevertControl: takeOver,
    });
    merged.current = view;
    return () => view.destroy();
  }, [draft, theirs.version]);
  return (
    <div class="conflict" role="alert">
      <p>
        <strong>Two versions of {theirs.label}</strong> Another program changed the file while you
        had something unsaved here. Left is what it wrote, right what stands in this page. The one
        that you do not take is kept in a file of its own.
      </p>
      <div class="editor" ref={host} />
      <p class="actions">
        <button
          type="button"
          class="main"
          onClick={() => void draft.resolve(merged.current?.b.state.sliceDoc() ?? draft.text.value)}
        >
          Take the right one
        </button>
        <button type="button" onClick={() => void draft.resolve(theirs.text ?? '')}>
          Take the left one
        </button>
      </p>
    </div>
  );
}

function takeOver(): HTMLElement {
  const button = document.createElement('button');
  button.textContent = '→';
  button.ariaLabel = 'Take this piece over to the right';
  return button;
}
