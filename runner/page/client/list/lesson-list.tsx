import type { JSX } from 'preact';
import type { ListedCourse, ListedLesson } from '../../protocol';
import { isSame, lesson, linkTo, state } from '../store/workbook';

/** The courses and their lessons with how each stands. */
export function LessonList(): JSX.Element {
  return (
    <>
      {state.value?.courses.map((course) => (
        <CourseList key={course.id} course={course} />
      ))}
    </>
  );
}

function CourseList({ course }: { course: ListedCourse }): JSX.Element {
  const passed = course.lessons.filter(({ tone }) => tone === 'passed').length;
  const title = `course-${course.id}`;
  return (
    <section aria-labelledby={title}>
      <h2 id={title}>{course.title}</h2>
      <p class="progress">
        <progress max={course.lessons.length} value={passed} aria-labelledby={title} />
        <span>{course.progress}</span>
      </p>
      <ul class="rows">
        {course.lessons.map((one) => (
          <Row key={one.id} listed={one} />
        ))}
      </ul>
    </section>
  );
}

function Row({ listed }: { listed: ListedLesson }): JSX.Element {
  const { tone, mark, number, title, level, state } = listed;
  const open = isSame(listed, lesson.value);
  return (
    <li>
      <a class={`row ${tone}`} href={linkTo(listed)} aria-current={open ? 'page' : undefined}>
        <span class="mark" aria-hidden="true">
          {mark}
        </span>
        <span class="number">{number}</span>
        <span class="title">
          {title}
          {level === 'advanced' ? ' *' : ''}
          {level === 'advanced' ? <span class="for-ears"> advanced</span> : null}
        </span>
        <span class={state === 'not started' ? 'for-ears' : 'state'}> {state}</span>
      </a>
    </li>
  );
}
