/** A folder cannot be taken as a submission: told as a sentence in its learner's row, never as "failed". */
export class SubmissionRefusal extends Error {
  override name = 'SubmissionRefusal';
  /** @param next what the learner or the teacher can do about it, a sentence */
  constructor(
    message: string,
    readonly next: string,
  ) {
    super(message);
  }

  /** The same of a place that is known by another name. */
  of(folder: string, place: string): SubmissionRefusal {
    const named = (text: string) => text.replaceAll(folder, place);
    return new SubmissionRefusal(named(this.message), named(this.next));
  }
}
