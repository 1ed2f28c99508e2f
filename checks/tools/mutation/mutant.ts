/** One change to a worked version: some of its text stands otherwise, everything else as it was. */
export interface Edit {
  /** Where it begins and ends, in characters. */
  start: number;
  end: number;
  /** A place in the line to name it by, where that is not the start's. */
  at?: number;
  /** What stands there now. */
  text: string;
  /** The change in words, such as `drop await`. */
  change: string;
}

/** A worked version with one change, to be told from the original by its check. */
export interface Mutant {
  /** The course's name of the file, such as `1-redis_op`. */
  file: string;
  /** Names the change as long as the line that it stands in is the same. */
  id: string;
  /** From 1; 0 in a file without lines. */
  line: number;
  bytes: Buffer;
}

/** Each edit as a mutant; those with the same change in lines that read the same are numbered. */
export function mutantsOf(file: string, source: string, edits: readonly Edit[]): Mutant[] {
  const seen = new Map<string, number>();
  return edits.map((edit) => {
    const before = source.slice(0, edit.start);
    const at = edit.at ?? edit.start;
    const from = source.lastIndexOf('\n', at - 1) + 1;
    const end = source.indexOf('\n', at);
    const name = `${edit.change} in: ${source.slice(from, end < 0 ? undefined : end).trim()}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return {
      file,
      id: count === 1 ? name : `${name} (${count})`,
      line: source.slice(0, at).split('\n').length,
      bytes: Buffer.from(before + edit.text + source.slice(edit.end)),
    };
  });
}

/** A piece of source on one line, cut where it is long. */
export function brief(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

const longest = 40;
