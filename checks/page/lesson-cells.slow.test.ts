import * as assert from 'uvu/assert';
import type { Course } from '../../runner/course/course';
import type { Lesson } from '../../runner/course/lesson';
import { courseFolders, loadCourse } from '../../runner/course/load-course';
import type { TextNode } from '../../runner/page/protocol';
import { ProgramRun } from '../../runner/page/server/cells/program-run';
import { Room } from '../../runner/page/server/cells/room';
import { runnableCell } from '../../runner/page/server/cells/runnable-cell';
import { Transcript } from '../../runner/page/server/cells/transcript';
import { readText } from '../../runner/page/server/lesson-text';
import { findRedis } from '../../runner/redis/find';
import { suite } from '../support/suite';
import { textsOf } from './support/served-page';

/*
 * Each piece of code of each lesson's text runs by itself, with what its lesson puts before it; what
 * cannot is marked so. What it does over time is not judged, but it must begin.
 */

const test = suite('cells of the lessons');

interface Piece {
  course: Course;
  lesson: Lesson;
  place: number;
  text: string;
}

const pieces = courseFolders()
  .map((folder) => loadCourse(folder))
  .flatMap((course) => course.lessons.flatMap((lesson) => piecesOf(course, lesson)));

test('the courses have pieces of code that run', () => {
  assert.ok(pieces.length > 25, `${pieces.length}`);
});

test.rows(
  pieces,
  ({ course, lesson, place }) => `${course.id}/${lesson.id}, code ${place + 1}`,
  async ({ course, lesson, text }) => {
    const room = await Room.open(await findRedis({ offline: true }));
    const transcript = new Transcript('test', () => {});
    try {
      const run = await ProgramRun.start(
        room,
        transcript,
        {
          name: 'cell',
          file: 'cell.ts',
          text: runnableCell(lesson.cells ?? '', text),
          folder: lesson.folder,
          replaced: Object.fromEntries(
            lesson.files.map((name) => [`${name}.ts`, `${lesson.folder}/${name}.ts`]),
          ),
          course,
        },
        'guard',
      );
      await atRest(run);
      await run.stop();
      assert.is(textsOf(transcript.whole, 'errors').join('\n'), '');
      assert.is(transcript.status.well, true, transcript.status.words);
    } finally {
      await room.close();
    }
  },
);

test.run();

function piecesOf(course: Course, lesson: Lesson): Piece[] {
  return blocksIn(readText(lesson.text, lesson.cells)).flatMap(({ place, text, cell }) =>
    cell?.kind === 'program' ? [{ course, lesson, place, text }] : [],
  );
}

function blocksIn(nodes: readonly TextNode[]): Extract<TextNode, { kind: 'block' }>[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'block') return [node];
    if ('children' in node) return blocksIn(node.children);
    return node.kind === 'list' ? node.items.flatMap(blocksIn) : [];
  });
}

/** Until nothing more comes but by its timers. */
async function atRest({ program, sandbox }: ProgramRun): Promise<void> {
  for (let quiet = 0; quiet < 5 && !program.exit; ) {
    quiet = (await program.waitForIdle(100)) ? quiet + 1 : 0;
    await sandbox.journal.until(() => program.exit !== undefined, 20);
  }
}
