import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { OpenedLesson } from '../../protocol';
import { Cell } from '../cells/cell';
import { Prompt } from '../cells/prompt';
import type { Desk } from '../desk/desk';
import { takeIn } from '../store/drafts';
import { showRunsOf } from '../store/run';
import { linkTo } from '../store/workbook';
import { type BlockView, Text } from './text';

/** With the editor it is most of the page: the text stands there without it. */
const desk = signal<typeof Desk | undefined>(undefined);
void import('../desk/desk').then((loaded) => {
  desk.value = loaded.Desk;
});

/** An open lesson: its text, the learner's files, and the verdict on them. */
export function LessonView({ lesson }: { lesson: OpenedLesson }): JSX.Element {
  const { course, id } = lesson;
  const Loaded = desk.value;
  const isFirst = useRef(true);
  // Read anew, as after a break of the line, they may have changed.
  useEffect(() => takeIn(lesson), [lesson.files]);
  useEffect(() => {
    void showRunsOf(lesson, lesson.checking);
    // Who hears the page, or goes through it by keys, begins with the new lesson.
    if (!isFirst.current) document.getElementById('lesson')?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [course, id]);
  const block = useCallback<BlockView>(
    (piece) => <Cell lesson={{ course, id }} block={piece} />,
    [course, id],
  );
  return (
    <main id="lesson" tabIndex={-1} aria-labelledby="title">
      <header>
        <h1 id="title">
          <span class="number">{lesson.number}</span> {lesson.title}
        </h1>
        <p class="facts">{lesson.facts.join(' · ')}</p>
        {lesson.twins.map((twin) => (
          <p class="facts" key={twin.address}>
            The same work in another course: <a href={linkTo(twin)}>{twin.title}</a>
          </p>
        ))}
      </header>
      <div class="halves">
        <section class="text" aria-label="The lesson">
          <Text nodes={lesson.text} block={block} />
          <Prompt key={`${course}/${id}`} lesson={{ course, id }} />
        </section>
        {Loaded ? (
          <Loaded key={`${course}/${id}`} lesson={lesson} />
        ) : (
          <section class="desk" aria-label="Your files" aria-busy="true" />
        )}
      </div>
    </main>
  );
}
