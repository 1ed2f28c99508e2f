import type { JSX } from 'preact';
import type { LessonName } from '../../protocol';

export interface RoutesProps {
  lesson: LessonName;
  /** Paths that the lesson's server answers, such as `/list`; none where it is no server. */
  paths: string[];
}

/** A button for each route of the lesson's server, and what came back; nothing where it is none. */
export function Routes(_: RoutesProps): JSX.Element | null {
  return null;
}
