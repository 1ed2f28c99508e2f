import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync } from 'node:fs';
import path from 'node:path';
import { gradingTerms } from '../../runner/course/grading';
import { grade } from '../../runner/grading/grade';
import { findRedis } from '../../runner/redis/find';
import { reaper } from '../../runner/sandbox/process/reaper';
import { withFolder } from '../support/course-folder';
import { courses } from '../support/courses';
import { suite } from '../support/suite';

const test = suite('mutants');

const asksForCompiler =
  "console.log('compiler:', Object.keys(require.cache).some((file) => file.endsWith('compile.cjs')));\n";

for (const [name, tests] of [
  ['8-job', '8-job.test'],
  ['today-job', 'today-job.test'],
] as const) {
  test(`no run of the tests of ${name} has to compile, on no broken module: it takes longer than all else`, () =>
    withFolder(async (folder) => {
      const { course, lesson } = lessonWith(tests);
      const files = Object.fromEntries(
        [name, tests].map((one) => [one, path.join(folder, `${one}.ts`)]),
      );
      for (const file of Object.values(files)) {
        copyFileSync(path.join(lesson.folder, path.basename(file)), file);
      }
      appendFileSync(files[tests] ?? '', asksForCompiler);
      const redis = await findRedis({ offline: true, reaper });
      const { verdict, parts } = await grade({
        ...gradingTerms(course, lesson),
        files,
        folder,
        redis,
      });
      assert.equal(verdict, 'passed');
      const told = parts
        .flatMap(({ evidence }) => evidence.output)
        .filter(({ text }) => text.startsWith('compiler:'));
      const runs = new Set(told.map(({ program }) => program));
      assert.ok(runs.size > 5, `${runs.size} runs of the tests`);
      assert.deepEqual(
        told.filter(({ text }) => text !== 'compiler: false'),
        [],
      );
    }));
}

function lessonWith(file: string) {
  for (const course of courses) {
    const lesson = course.lessons.find(({ files }) => files.includes(file));
    if (lesson) return { course, lesson };
  }
  throw new Error(`no lesson has ${file}`);
}

test.run();
