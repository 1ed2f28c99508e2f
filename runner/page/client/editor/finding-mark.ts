import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { unicodeGlyphs } from '../../../report/terminal/glyphs';
import { sanitize } from '../../../report/terminal/invisible';
import type { ShownFinding } from '../../protocol';

/** What is wrong, below the line that it is about; it moves with its line while one types. */
export function findingMarks(): Extension {
  return [marks, theme];
}

/** Shows a finding beside its line, and no other; nothing without a line. */
export function showFinding(view: EditorView, finding: ShownFinding | undefined): void {
  const { doc } = view.state;
  const { line } = finding ?? {};
  const isThere = finding !== undefined && line !== undefined && line <= doc.lines;
  view.dispatch({ effects: mark.of(isThere ? finding : undefined) });
  view.dispatch(setDiagnostics(view.state, isThere ? [diagnosticOf(view, finding, line)] : []));
}

/** For the gutter, and for the editor's own key to the next fault. */
function diagnosticOf(view: EditorView, finding: ShownFinding, at: number): Diagnostic {
  const line = view.state.doc.line(at);
  const indent = /^\s*/.exec(line.text)?.[0].length ?? 0;
  return {
    from: line.from + indent,
    to: line.to,
    severity: 'error',
    message: textOf(finding),
  };
}

function textOf({ name, message, next }: ShownFinding): string {
  return sanitize(`${name}: ${message}\n${next}`, unicodeGlyphs);
}

const mark = StateEffect.define<ShownFinding | undefined>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, { changes, effects, state }) {
    let now = before.map(changes);
    for (const effect of effects) {
      if (!effect.is(mark)) continue;
      const finding = effect.value;
      if (finding?.line === undefined) {
        now = Decoration.none;
        continue;
      }
      const { from, to } = state.doc.line(finding.line);
      now = Decoration.set([
        Decoration.line({ class: 'cm-fault' }).range(from),
        Decoration.widget({ widget: new Saying(finding), block: true, side: 1 }).range(to),
      ]);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The words below the line. */
class Saying extends WidgetType {
  readonly #finding: ShownFinding;

  constructor(finding: ShownFinding) {
    super();
    this.#finding = finding;
  }

  override eq(other: Saying): boolean {
    return textOf(other.#finding) === textOf(this.#finding);
  }

  override toDOM(): HTMLElement {
    const box = document.createElement('div');
    box.className = 'cm-saying';
    box.textContent = `${unicodeGlyphs.caret} ${textOf(this.#finding)}`;
    return box;
  }
}

const theme = EditorView.theme({
  '.cm-fault': { backgroundColor: 'var(--failed-tint)', boxShadow: 'inset 4px 0 var(--failed)' },
  '.cm-saying': {
    padding: '0.2rem 0.9rem 0.35rem',
    backgroundColor: 'var(--failed-tint)',
    boxShadow: 'inset 4px 0 var(--failed)',
    color: 'var(--failed)',
    fontFamily: 'system-ui, sans-serif',
    fontWeight: '600',
    whiteSpace: 'pre-line',
  },
});
