import path from 'node:path';
import type { Planned } from '../../course/run-plan';
import type { RunProgram } from '../../sandbox/run';

/** How a planned program is started: as it is, or, for tests, by what runs them. */
export async function programOf(planned: Planned): Promise<RunProgram> {
  const { name, file, lesson, replaced } = planned;
  if (lesson.kinds[name] !== 'test') return { name, file, replaced };
  const { Source } = await import('../../grading/source/requirements');
  const style = styleOf(() => new Source(file).uses('uvu'));
  return {
    name,
    file: require.resolve('../../vocabulary/testing/test-file-program'),
    folder: path.dirname(file),
    args: [file, style],
    drives: true,
    loads: [file, ...(style === 'mocha' ? ['mocha'] : [])],
    replaced,
  };
}

/** A file that does not parse is Mocha's to complain about. */
function styleOf(usesUvu: () => boolean): 'uvu' | 'mocha' {
  try {
    return usesUvu() ? 'uvu' : 'mocha';
  } catch {
    return 'mocha';
  }
}
