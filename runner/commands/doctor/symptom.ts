/** What was found of one thing that the workbook needs, or can use. */
export interface Symptom {
  /** What was looked at, in a word or two. */
  what: string;
  /** `bad`: the workbook cannot work so; `poor`: it works, and something is missing. */
  state: 'good' | 'poor' | 'bad';
  /** What is there. */
  found: string;
  /** What to do about it, a sentence; absent where all is well. */
  cure?: string;
}
