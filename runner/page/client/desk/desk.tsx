import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useCallback, useEffect } from 'preact/hooks';
import type { LessonVerdict, OpenedLesson } from '../../protocol';
import { Editor } from '../editor/editor';
import { Routes } from '../routes/routes';
import { type Draft, draftOf } from '../store/drafts';
import { run } from '../store/run';
import { server } from '../store/server';
import { attempt, doing, following, linkTo, state } from '../store/workbook';
import { spokenVerdict } from '../verdict/spoken';
import { Verdict } from '../verdict/verdict';
import { Wire } from '../wire/wire';
import { Conflict } from './conflict';
import { Hints } from './hints';
import { Solution } from './solution';
import { FileTabs } from './tabs';

/** Where the learner works on a lesson: the files, and what the check says of them. */
export function Desk({ lesson }: { lesson: OpenedLesson }): JSX.Element {
  const chosen = useSignal(lesson.files[0]?.name ?? '');
  const drafts = lesson.files.map((file) => draftOf(lesson, file));
  const draft = drafts.find(({ file }) => file.value.name === chosen.value) ?? drafts[0];
  const { course, id, verdict } = lesson;
  const check = useCallback(() => {
    void attempt(async () => {
      // What is saved is checked by itself.
      const saved = await Promise.all(drafts.map((one) => one.save()));
      if (!saved.includes(true)) await server.check({ course, id });
    });
  }, [course, id]);
  useSaveKey(check);
  const failing = verdict?.parts.find(({ finding }) => finding?.line !== undefined)?.file;
  useEffect(() => {
    const other = drafts.find(({ file }) => file.value.label === failing);
    if (other) chosen.value = other.file.value.name;
  }, [verdict]);

  return (
    <section class="desk" aria-label="Your files">
      <FileTabs drafts={drafts} chosen={chosen} verdict={verdict} />
      {draft ? <File draft={draft} lesson={lesson} onSave={check} /> : null}
      <p class="actions">
        <button type="button" class="main" onClick={check}>
          Check
        </button>
        <span class="doing">{lesson.checking ? doing.value || 'Checking …' : null}</span>
      </p>
      <p class="for-ears" role="status">
        {lesson.checking ? '' : spokenVerdict(verdict)}
      </p>
      <section aria-label="Verdict" aria-busy={lesson.checking}>
        {verdict ? (
          <Verdict verdict={verdict} isOld={isOld(verdict, drafts)} />
        ) : (
          <Before lesson={lesson} />
        )}
        {verdict?.outcome === 'passed' && following.value ? (
          <p class="onwards">
            <a class="main" href={linkTo(following.value)}>
              Next: {following.value.title}
            </a>
          </p>
        ) : null}
      </section>
      <Wire run={run.value} verdict={verdict} />
      <Routes lesson={lesson} paths={lesson.ask} />
      {lesson.hasHints && !state.value?.readOnly ? (
        <Hints key={`${course}/${id}`} lesson={lesson} />
      ) : null}
      <Solution key={`${course}/${id} worked`} lesson={lesson} />
    </section>
  );
}

function File({
  draft,
  lesson,
  onSave,
}: {
  draft: Draft;
  lesson: OpenedLesson;
  onSave: () => void;
}): JSX.Element {
  const { label, name, locked } = draft.file.value;
  const readOnly = state.value?.readOnly ?? false;
  const part = lesson.verdict?.parts.find(({ file }) => file === label);
  const inConflict = draft.theirs.value !== undefined;
  return (
    <div id={`panel-${name}`} role="tabpanel" aria-labelledby={`tab-${name}`}>
      {draft.theirs.value ? <Conflict draft={draft} theirs={draft.theirs.value} /> : null}
      {draft.kept.value === undefined ? null : (
        <p class="remark">
          The other version is kept as <code>{draft.kept.value}</code>.
        </p>
      )}
      {locked === undefined ? (
        <Editor
          key={`${lesson.course}/${lesson.id}/${name}`}
          draft={draft}
          // What was said of another text says nothing of this one.
          finding={part?.version === draft.file.value.version ? part.finding : undefined}
          readOnly={readOnly}
          hidden={inConflict}
          onSave={onSave}
        />
      ) : (
        <p class="remark">{locked}</p>
      )}
    </div>
  );
}

/** Whether a file was saved anew since. */
function isOld({ parts }: LessonVerdict, drafts: readonly Draft[]): boolean {
  return parts.some(({ file, version }) =>
    drafts.some((draft) => draft.file.value.label === file && draft.file.value.version !== version),
  );
}

/** How the lesson stood when the workbook was started. */
function Before({ lesson: { course, id } }: { lesson: OpenedLesson }): JSX.Element | null {
  const listed = state.value?.courses
    .find((one) => one.id === course)
    ?.lessons.find((one) => one.id === id);
  if (!listed?.failure) return null;
  return <p class="remark">When it was checked last, it failed: {listed.failure}</p>;
}

/** Ctrl-S saves wherever the focus is; a browser would save the page. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
      if (event.defaultPrevented) return;
      event.preventDefault();
      save();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [save]);
}
