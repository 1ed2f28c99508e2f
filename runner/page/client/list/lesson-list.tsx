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
  return (
    <section aria-labelledby={`course-${course.id}`}>
      <h2 id={`course-${course.id}`}>{course.title}</h2>
      <p class="progress">
        <progress
          max={course.lessons.length}
          value={passed}
          aria-label={`Passed of ${course.title}`}
        />
        <span>{`${passed} of ${course.lessons.length} passed`}</span>
      </p>
      <ul class="lessons">
        {course.lessons.map((one) => (
          <Row key={one.id} listed={one} />
        ))}
      </ul>
    </section>
  );
}

function Row({ listed }: { listed: ListedLesson }): JSX.Element {
  const open = isSame(listed, lesson.value);
  return (
    <li>
      <a
        class={`row ${listed.tone}`}
        href={linkTo(listed)}
        aria-current={open ? 'page' : undefined}
      >
        <span class="mark" aria-hidden="true">
          {listed.mark}
        </span>
        <span class="number">{listed.number}</span>
        <span class="title">
          {listed.title}
          {listed.level === 'advanced' ? <span class="level"> advanced</span> : null}
        </span>
        {listed.state === 'not started' ? (
          <span class="for-ears">{listed.state}</span>
        ) : (
          <span class="state">{listed.state}</span>
        )}
      </a>
    </li>
  );
}
