import type { Graded } from '../../course/grading';
import type { RedisSource } from '../../redis/instance';

/** What a page shows. */
export interface HtmlReport {
  lessons: ReportedLesson[];
  redis: Pick<RedisSource, 'kind' | 'version'>;
  at: Date;
  /** Whose files were graded, in a few words. */
  what: string;
  /** The versions of the workbook and of Node. */
  workbook: string;
  node: string;
}

/** The id of a lesson's part of the page. */
export function anchorOf({ name }: Pick<ReportedLesson, 'name'>): string {
  return `lesson-${name.replace('/', '-')}`;
}

/** A graded lesson, and what the verdict does not say. */
export interface ReportedLesson {
  /** How it is named on the command line, such as `3`. */
  name: string;
  graded: Graded;
  /** How many hints were used; undefined if nobody counted. */
  hints?: number;
  /** The files are no longer what was graded. */
  edited?: boolean;
}
