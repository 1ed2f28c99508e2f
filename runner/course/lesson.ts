/** A lesson as its folder declares it; `lesson.md` is parsed once, by the schema in catalogue.ts. */
export interface Lesson {
  /** The task's number, 0 to 13. */
  number: number;
  /** Stable name, such as `basic-operations`; progress is kept under it. */
  id: string;
  title: string;
  /** What the learner writes, without endings, such as `1-redis_op`; lesson 0 has `dump.rdb`. */
  files: string[];
  level: 'mandatory' | 'advanced';
  /** Minutes that the task needs. */
  minutes: number;
  /** The new words that the text explains. */
  words: string[];
  /** What runs side by side, in this order, by names without endings; absent: the files. */
  run?: string[];
  /** Paths to ask its server for, such as `/list_products`; absent where it is no server. */
  ask?: string[];
  /** From a nudge to the answer. */
  hints: Hint[];
  /** The text below the front matter, Markdown. */
  text: string;
  /** The folder, absolute. */
  folder: string;
}

export interface Hint {
  text: string;
  /** Failure classes that this hint follows from; absent: any. */
  when?: string[];
}
