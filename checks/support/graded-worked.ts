import { gradeLesson } from '../../runner/course/grading';
import { courseFolders, loadCourse } from '../../runner/course/load-course';
import type { GradingMonitor } from '../../runner/grading/grading-monitor';
import type { PartVerdict } from '../../runner/grading/verdict';
import { findRedis } from '../../runner/redis/find';
import { reaper } from '../../runner/sandbox/process/reaper';

/**
 * Grades the worked version of a lesson on an embedded Redis.
 * @param address the course's id and the lesson's, such as `queuing/seats`
 * @throws where there is no such lesson
 */
export async function gradedWorked(
  address: string,
  monitor?: GradingMonitor,
): Promise<PartVerdict[]> {
  for (const folder of courseFolders()) {
    const course = loadCourse(folder);
    const lesson = course.lessons.find(({ id }) => `${course.id}/${id}` === address);
    if (!lesson) continue;
    const redis = await findRedis({ offline: true, reaper });
    const graded = await gradeLesson({
      lesson,
      course,
      folder: lesson.folder,
      solution: true,
      redis,
      ...(monitor ? { monitor } : {}),
    });
    return graded.verdict.parts;
  }
  throw new Error(`no lesson ${address}`);
}
