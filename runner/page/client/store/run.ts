import { signal } from '@preact/signals';
import type { LessonName, PageEvent, WireRun } from '../../protocol';
import { listen } from './connection';
import { server } from './server';
import { attempt, isSame } from './workbook';

/** A check of the open lesson as it is seen on its wires: while it runs, and afterwards. */
export interface ShownRun extends WireRun {
  /** More may come. */
  live: boolean;
}

/**
 * The last check of the open lesson, or the one that runs. Its arrays grow in place, as events come
 * by thousands; the object is a new one each time something was added.
 */
export const run = signal<ShownRun>({ check: 0, parts: [], live: false });

let shown: LessonName | undefined;

/** Shows the runs of a lesson from now on. */
export async function showRunsOf(lesson: LessonName, live: boolean): Promise<void> {
  shown = { course: lesson.course, id: lesson.id };
  run.value = { check: 0, parts: [], live: false };
  await attempt(async () => {
    const now = await server.wire(lesson);
    // What came meanwhile is in it, or was of a later check.
    if (!isSame(shown, lesson) || run.value.check > now.check) return;
    run.value = { ...now, live };
  });
}

listen((event) => {
  if (!('lesson' in event) || !isSame(event.lesson, shown)) return;
  if (event.kind === 'checking') run.value = { check: event.check, parts: [], live: true };
  if (event.kind === 'wire') take(event);
  if (event.kind === 'verdict') run.value = { ...run.value, live: false };
});

function take({ check, file, events }: Extract<PageEvent, { kind: 'wire' }>): void {
  if (check !== run.value.check) return;
  const { parts } = run.value;
  let part = parts.find((one) => one.file === file);
  if (!part) {
    part = { file, events: [] };
    parts.push(part);
  }
  // Some of them may have come by the answer already.
  for (const event of events) if (event.id === part.events.length) part.events.push(event);
  run.value = { ...run.value };
}
