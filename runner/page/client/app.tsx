import type { JSX } from 'preact';
import { LessonView } from './lesson/lesson-view';
import { LessonList } from './list/lesson-list';
import { connection } from './store/connection';
import { lesson, trouble } from './store/workbook';

/** The whole page: the lessons beside the one that is open. */
export function App(): JSX.Element {
  return (
    <>
      <a class="skip" href="#lesson">
        To the lesson
      </a>
      <header class="top">
        <p class="name">Queuing workbook</p>
        <Line />
      </header>
      <nav class="lessons-nav" aria-label="Lessons">
        <LessonList />
      </nav>
      {lesson.value ? <LessonView lesson={lesson.value} /> : <main id="lesson" />}
    </>
  );
}

/** What the learner must know of the connection, and of what went wrong. */
function Line(): JSX.Element {
  const words = {
    connecting: '',
    open: '',
    gone: 'The workbook has stopped. This page goes on when it answers again.',
    stale:
      'The workbook was started again. Open the address that it printed; this page is of the start before.',
  }[connection.value];
  const { message, next } = trouble.value ?? {};
  return (
    <div role="status">
      {words ? <p class="line">{words}</p> : null}
      {message ? (
        <p class="line">
          {message} {next}
        </p>
      ) : null}
    </div>
  );
}
