import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useCallback, useEffect } from 'preact/hooks';
import type { OpenedLesson } from '../../protocol';
import { Editor } from '../editor/editor';
import { draftOf, takeIn } from '../store/drafts';
import { server } from '../store/server';
import { attempt, following, linkTo, state } from '../store/workbook';
import { Verdict } from '../verdict/verdict';
import { Text } from './text';

/** An open lesson: its text, the learner's files, and the verdict on them. */
export function LessonView({ lesson }: { lesson: OpenedLesson }): JSX.Element {
  useEffect(() => takeIn(lesson), [lesson.course, lesson.id]);
  return (
    <main id="lesson" class="lesson-page" aria-labelledby="title">
      <header>
        <h1 id="title" tabIndex={-1}>
          <span class="number">{lesson.number}</span> {lesson.title}
        </h1>
        <p class="facts">{lesson.facts.join(' · ')}</p>
        {lesson.twins.map((twin) => (
          <p class="facts" key={twin.address}>
            The same work in the other course: <a href={linkTo(twin)}>{twin.title}</a>
          </p>
        ))}
      </header>
      <div class="halves">
        <section class="text" aria-label="The lesson">
          <Text nodes={lesson.text} />
        </section>
        <Desk lesson={lesson} />
      </div>
    </main>
  );
}

function Desk({ lesson }: { lesson: OpenedLesson }): JSX.Element {
  const chosen = useSignal(lesson.files[0]?.name);
  const file = lesson.files.find(({ name }) => name === chosen.value) ?? lesson.files[0];
  const readOnly = state.value?.readOnly ?? false;
  const draft = file && draftOf(lesson, file);
  const check = useCallback(() => {
    void attempt(async () => {
      // A save is checked by itself.
      if (draft && (await draft.save())) return;
      await server.check(lesson);
    });
  }, [draft, lesson.course, lesson.id]);
  const part = lesson.verdict?.parts.find((one) => one.file === draft?.file.value.label);
  return (
    <section class="desk" aria-label="Your files">
      {file && draft ? (
        <>
          <p class="facts">
            {draft.file.value.label} · {draft.status.value}
          </p>
          {file.locked === undefined ? (
            <Editor draft={draft} finding={part?.finding} readOnly={readOnly} onSave={check} />
          ) : (
            <p class="remark">{file.locked}</p>
          )}
        </>
      ) : null}
      <p class="actions">
        <button type="button" class="main" onClick={check}>
          Check
        </button>
        {following.value ? (
          <a href={linkTo(following.value)}>Next: {following.value.title}</a>
        ) : null}
      </p>
      <section aria-label="Verdict" aria-live="polite">
        {lesson.checking ? <p class="remark">Checking …</p> : null}
        {lesson.verdict ? <Verdict verdict={lesson.verdict} /> : null}
      </section>
    </section>
  );
}
