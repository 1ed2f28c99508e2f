import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { classPlace } from '../protocol';
import { LessonView } from './lesson/lesson-view';
import { LessonList } from './list/lesson-list';
import { Search } from './list/search';
import { connection } from './store/connection';
import { lesson, state, trouble } from './store/workbook';

/** The whole page: the lessons beside the one that is open. */
export function App(): JSX.Element {
  const unfolded = useSignal(false);
  const open = lesson.value;
  useEffect(() => {
    // On a phone the list gives way to what was chosen in it.
    unfolded.value = false;
  }, [open?.course, open?.id]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('lesson')?.focus()}>
        To the lesson
      </button>
      <header class="top">
        <p class="name">Queuing workbook</p>
        <button
          type="button"
          class="fold"
          aria-expanded={unfolded.value}
          aria-controls="lessons"
          onClick={() => {
            unfolded.value = !unfolded.value;
          }}
        >
          Lessons
        </button>
        {state.value?.hasClass ? <a href={classPlace}>Class</a> : null}
        <p class="where">{state.value ? whereabouts(state.value) : null}</p>
      </header>
      <Notices />
      <div class={unfolded.value ? 'frame unfolded' : 'frame'}>
        <nav id="lessons" aria-label="Lessons">
          <Search />
          <LessonList />
        </nav>
        {open ? <LessonView lesson={open} /> : <main id="lesson" />}
      </div>
    </>
  );
}

function whereabouts({
  redis,
  folder,
  readOnly,
}: {
  redis: string;
  folder: string;
  readOnly: boolean;
}) {
  return `${redis} · ${readOnly ? 'only read: ' : ''}${folder}`;
}

/** What the learner must know of the connection, and of what went wrong. */
function Notices(): JSX.Element {
  const words = said[connection.value];
  const { message, next } = trouble.value ?? {};
  return (
    <div class="notices" role="status">
      {words === undefined ? null : <p>{words}</p>}
      {message === undefined || words !== undefined ? null : (
        <p>
          {message} {next}
        </p>
      )}
    </div>
  );
}

const said = {
  connecting: undefined,
  open: undefined,
  gone: 'The workbook does not answer: it has stopped, or is starting again. What you type stays here, and this page goes on by itself when it is back.',
  stale:
    'The workbook was started again, and this page is of the start before. What you typed still stands here: copy what is not saved, then open the address that the workbook printed.',
};
