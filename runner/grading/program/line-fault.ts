import { type PlacedFinding, quote } from '../finding';

/** What is wrong with one printed line, and where in the file it comes from. */
export type LineFault = Pick<PlacedFinding, 'message' | 'next' | 'at' | 'line' | 'compared'>;

/** A line that is none of the task's. */
export function unaskedLine(text: string): LineFault {
  return {
    message: `The line ${quote(text)} is one that the task does not ask for.`,
    next: 'Take out the call that prints it.',
    at: { prints: text },
  };
}

/**
 * A line that is one of the task's, but not to the letter.
 * @param marks what counts in it besides letters and spaces
 */
export function alteredLine(wanted: string, got: string, marks: string): LineFault {
  return {
    message: `Expected ${quote(wanted)}, but the program printed ${quote(got)}.`,
    next: exactly(wanted, marks),
    // The text itself may be wrong, wherever it is handed on from.
    at: [{ text: got }, { prints: got }],
    compared: [wanted, got],
  };
}

/** The next step if a line is to be printed to the letter. */
export function exactly(wanted: string, marks: string): string {
  return `Make the program print ${quote(wanted)} exactly: letters, spaces and ${marks} count.`;
}
