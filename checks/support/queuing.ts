import { loadCourse } from '../../runner/course/load-course';
import { lessons } from './course-folder';

/** The workbook's own course, whatever WORKBOOK_COURSE says. */
export const queuing = loadCourse(lessons);
