import type { LessonFile, LessonName, OpenedLesson } from '../../protocol';
import { listen } from './connection';
import { Draft } from './draft';

export type { Draft };

const drafts = new Map<string, Draft>();

/** The draft of a lesson's file; it stays while the page is open, whichever lesson is. */
export function draftOf(lesson: LessonName, file: LessonFile): Draft {
  const key = keyOf(lesson, file.name);
  const known = drafts.get(key);
  if (known) return known;
  const draft = new Draft({ course: lesson.course, id: lesson.id }, file);
  drafts.set(key, draft);
  return draft;
}

/** Has drafts take in the files of a lesson that was read anew. */
export function takeIn(lesson: OpenedLesson): void {
  for (const file of lesson.files) void draftOf(lesson, file).changed(file);
}

/** Whether something stands here that is not in its file yet. */
export function isAnythingUnsaved(): boolean {
  return [...drafts.values()].some(({ status }) => status.value !== 'saved');
}

function keyOf({ course, id }: LessonName, name: string): string {
  return `${course}/${id}/${name}`;
}

listen((event) => {
  if (event.kind === 'hello') {
    // What could not be saved while the workbook did not answer.
    for (const draft of drafts.values()) void draft.save();
  }
  if (event.kind !== 'file') return;
  void drafts.get(keyOf(event.lesson, event.file.name))?.changed(event.file);
});

addEventListener('beforeunload', (event) => {
  if (isAnythingUnsaved()) event.preventDefault();
});
