import type { CourseTerms } from '../../grading/course-terms';
import type { Source } from '../../grading/source/requirements';

/** A route's answer. */
export interface Answer {
  /** Such as `GET /list`. */
  request: string;
  /** What was asked for, such as `/list`. */
  path: string;
  status: number;
  contentType: string;
  /** As they came. */
  headers: [name: string, value: string][];
  body: string;
  /** The body as JSON; undefined where it is none. */
  json: unknown;
  /** What answers; nothing under load. */
  by?: ServerFile;
}

/** The file that a server runs, and the course that it belongs to. */
export interface ServerFile {
  source: Source;
  course: CourseTerms;
}
