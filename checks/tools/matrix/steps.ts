import path from 'node:path';
import { courses, folderName, isMeant } from '../../support/courses';
import type { Step } from './step';

const tools = path.resolve(__dirname, '..');
const hook = path.resolve(tools, '../../runner/hook.cjs');

/** What is to be run on each Node. */
export interface Chosen {
  parts: readonly ('tests' | 'slow' | 'trials')[];
  /** Parts of test files' names; all without one. */
  names: readonly string[];
  /** As `--lesson` of the trials has them; all without one. */
  lessons: readonly string[];
  kind?: string | undefined;
  redis?: string | undefined;
  jobs: string;
}

/** The steps in their order: the tests whole, the trials of each lesson on each kind of Redis. */
export function steps({ parts, names, lessons, kind, redis, jobs }: Chosen): Step[] {
  // All files have this in their names, and the checks of the whole project do not.
  const files = names.length > 0 ? names : ['.test.ts'];
  return parts.flatMap((part): Step[] => {
    if (part !== 'trials') {
      const words = tool('run.ts', ...(part === 'slow' ? ['--slow'] : []), ...files);
      return [{ name: part === 'slow' ? 'slow tests' : 'tests', words }];
    }
    const chosen = courses
      .flatMap((course) => course.lessons)
      .filter((lesson) => lessons.length === 0 || lessons.some((one) => isMeant(lesson, one)));
    const kinds = redis ? [redis] : ['server', 'embedded'];
    const more = ['--jobs', jobs, ...(kind ? ['--kind', kind] : [])];
    return kinds.flatMap((on) =>
      chosen.map((lesson) => ({
        name: `trials of ${folderName(lesson)} on ${on}${kind ? ` (${kind})` : ''}`,
        words: tool(
          'trials.ts',
          ...['--lesson', `${lesson.course}/${lesson.number}`, '--redis', on, ...more],
        ),
      })),
    );
  });
}

function tool(name: string, ...words: string[]): string[] {
  return ['-r', hook, path.join(tools, name), ...words];
}
