import { ClassGrading, type ClassRequest } from './class-grading';
import type { ClassLearner } from './class-record';
import type { Learner } from './roster/learner';

/**
 * Grades every folder of a class that is not graded yet; equal folders once. What comes of each is in
 * the results folder as soon as it is known.
 * @returns what each learner handed in, in their order; a folder that was not read yet has neither a
 * submission nor a refusal
 * @throws EnvironmentError if results cannot be written, or zips and repositories have no room
 */
export async function gradeClass(
  learners: readonly Learner[],
  request: ClassRequest,
): Promise<ClassLearner[]> {
  const grading = new ClassGrading(request);
  const read: ClassLearner[] = [];
  for (const learner of learners) {
    await grading.room();
    read.push(request.stop.aborted ? { ...learner, leftOut: [] } : await grading.take(learner));
  }
  await grading.end();
  return read;
}
