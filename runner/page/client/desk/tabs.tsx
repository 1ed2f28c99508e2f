import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { LessonVerdict } from '../../protocol';
import type { Draft } from '../store/draft';

export interface FileTabsProps {
  drafts: Draft[];
  /** The name of the file that is shown. */
  chosen: Signal<string>;
  verdict: LessonVerdict | undefined;
}

/** A tab for each file, with how it stands; arrows move between them. */
export function FileTabs({ drafts, chosen, verdict }: FileTabsProps): JSX.Element {
  const move = (event: KeyboardEvent, at: number) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    const next = drafts[(at + step + drafts.length) % drafts.length]?.file.value.name;
    if (next === undefined) return;
    chosen.value = next;
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Files">
      {drafts.map((draft, at) => {
        const { name, label } = draft.file.value;
        const part = verdict?.parts.find(({ file }) => file === label);
        const open = chosen.value === name;
        return (
          <button
            key={name}
            id={`tab-${name}`}
            type="button"
            role="tab"
            aria-selected={open}
            aria-controls={`panel-${name}`}
            tabIndex={open ? 0 : -1}
            onClick={() => {
              chosen.value = name;
            }}
            onKeyDown={(event) => move(event, at)}
          >
            {part ? (
              <span class={part.outcome}>
                <span class="mark" aria-hidden="true">
                  {part.mark}{' '}
                </span>
                <span class="for-ears">{part.outcome}: </span>
              </span>
            ) : null}
            {label}
            <span class="status">{said[draft.status.value]}</span>
          </button>
        );
      })}
    </div>
  );
}

const said = {
  saved: '',
  unsaved: ' · not saved yet',
  saving: ' · saving',
  conflict: ' · two versions',
};
