import type { ClassLearner, ClassRecord } from '../../class/class-record';
import { graderFingerprint } from '../../class/grader-fingerprint';
import { ResultsFolder } from '../../class/results/results-folder';
import type { Learner } from '../../class/roster/learner';
import type { Places } from '../../class/submission/places';
import type { GradingTerms } from '../../class/submission/submission';
import type { Lesson } from '../../course/lesson';
import { redisLine } from '../grade-lessons';
import type { Session } from '../session';
import { columnsOfClass, coursesOfClass } from './class-scope';

/** What a class is graded in, by what, and where that is kept. */
export interface ClassSetup {
  lessons: readonly Lesson[];
  terms: GradingTerms;
  results: ResultsFolder;
  /** The class as it is kept, graded now. */
  recordOf(learners: ClassLearner[]): ClassRecord;
}

/** Says what programs are given, and by what they are held. @throws EnvironmentError if results cannot be kept */
export async function setUpClass(
  session: Session,
  learners: readonly Learner[],
  places: Places,
): Promise<ClassSetup> {
  const courses = await coursesOfClass(session, learners, places);
  const lessons = courses.flatMap((course) => course.lessons);
  const results = new ResultsFolder(session.options.out);
  results.make();
  const [programs, chosen] = await Promise.all([
    session.with({ redis: undefined }).redis(),
    session.isolation(),
  ]);
  const terms: GradingTerms = {
    lessons: lessons.map((lesson) => session.addressOf(lesson)),
    checks: graderFingerprint(session.shelf.courses),
    redis: programs.kind,
    isolation: chosen.isolation,
  };
  session.say(redisLine(session, programs, chosen));
  const recordOf = (read: ClassLearner[]): ClassRecord => ({
    schema: 1,
    gradedAt: new Date().toISOString(),
    title: courses.map(({ title }) => title).join(', '),
    lessons: columnsOfClass(session, lessons),
    learners: read,
    ...lateRule(session),
  });
  return { lessons, terms, results, recordOf };
}

function lateRule({ options }: Session): Pick<ClassRecord, 'lateness'> {
  const { grace = 0, late = 0 } = options;
  return late > 0 ? { lateness: { graceMinutes: grace, percentADay: late } } : {};
}
