import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { codeExtensions } from './extensions';

interface Version {
  /** What a screen reader calls it. */
  label: string;
  text: string;
}

export interface BesideProps {
  /** Left; absent where there is nothing to compare with. */
  mine?: Version;
  other: Version;
}

/** Two versions of a file to read, side by side with what differs marked; one below the other where it is narrow. */
export function Beside({ mine, other }: BesideProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = host.current;
    if (!place) return;
    const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
    const view = mine && isWide() ? sideBySide(root, mine, other) : alone(root, mine, other);
    return () => view.destroy();
  }, [mine?.text, other.text]);
  return <div class="editor" ref={host} />;
}

function isWide(): boolean {
  return matchMedia('(min-width: 62rem)').matches;
}

function sideBySide(root: ShadowRoot, mine: Version, other: Version): MergeView {
  return new MergeView({
    a: { doc: mine.text, extensions: toRead(mine.label) },
    b: { doc: other.text, extensions: toRead(other.label) },
    root,
    parent: root,
    collapseUnchanged: { margin: 3, minSize: 6 },
  });
}

function alone(root: ShadowRoot, mine: Version | undefined, other: Version): EditorView {
  const compared = mine
    ? [unifiedMergeView({ original: mine.text, mergeControls: false, gutter: true })]
    : [];
  return new EditorView({
    doc: other.text,
    extensions: [toRead(other.label), compared],
    root,
    parent: root,
  });
}

function toRead(label: string) {
  return [codeExtensions(label), EditorState.readOnly.of(true)];
}
