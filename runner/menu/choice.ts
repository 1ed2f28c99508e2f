import type { Lesson } from '../course/lesson';

/** One line of a menu. */
export interface Choice {
  name: string;
  value: string;
  /** What to type for it where there is nothing to move about in. */
  key?: string;
}

/** A menu to choose from. */
export interface Menu {
  /** What stands above the choices. */
  heading: string;
  choices: Choice[];
  start?: string;
  /** The lines that stay below the choices. */
  foot: string;
  /** What a key means, beside the arrows and Enter; undefined leaves the key to the menu. */
  onKey: (key: string) => string | undefined;
}

/** What came of a menu: a choice; or nothing, because it has to be drawn anew. */
export type Answer = { value: string } | 'stale';

/** Where a lesson's menu leads. */
export type MenuExit = Lesson | 'back' | 'quit';
