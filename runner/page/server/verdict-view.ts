import type { Graded } from '../../course/grading';
import type { Finding, PartVerdict } from '../../grading/verdict';
import { failureName } from '../../report/failure-names';
import { sign } from '../../report/html/outcome';
import { errorReport } from '../../report/terminal/error-report';
import { withoutForeignFrames } from '../../report/terminal/transcript';
import type { LessonVerdict, ShownFinding, ShownPart } from '../protocol';

/**
 * A verdict as the page shows it.
 * @param check which check of this start it is of
 * @param versions those of the texts that were graded, by the files' names
 */
export function shownVerdict(
  { verdict }: Graded,
  check: number,
  versions: ReadonlyMap<string, string>,
): LessonVerdict {
  return {
    outcome: verdict.verdict,
    mark: sign(verdict.verdict),
    at: Date.now(),
    ms: verdict.ms,
    advice: verdict.advice,
    parts: verdict.parts.map((part) => shownPart(part, versions.get(part.file) ?? '')),
    check,
  };
}

/** What kept a lesson from being graded, in the place of a verdict. */
export function shownError(error: unknown, check: number): LessonVerdict {
  const { message, next } = errorReport(error);
  return {
    outcome: 'none',
    mark: '!',
    at: Date.now(),
    ms: 0,
    advice: [],
    parts: [],
    error: { message, next },
    check,
  };
}

function shownPart(
  { file, verdict, finding, evidence, foundAt }: PartVerdict,
  version: string,
): ShownPart {
  const output = withoutForeignFrames(evidence.output);
  return {
    file,
    version,
    outcome: verdict,
    mark: sign(verdict),
    ...(finding ? { finding: shownFinding(finding) } : {}),
    output: output
      .slice(0, mostLines)
      .map(({ program, stream, text }) => ({ program, stream, text: cut(text) })),
    omitted: Math.max(0, output.length - mostLines),
    keys: evidence.keys.slice(0, mostKeys),
    ...(foundAt === undefined ? {} : { foundAt }),
  };
}

function shownFinding(finding: Finding): ShownFinding {
  const { class: failure, message, next, expected, seen, line } = finding;
  return {
    name: failureName(failure),
    message,
    next,
    ...(expected === undefined ? {} : { expected: cut(expected) }),
    ...(seen === undefined ? {} : { seen: cut(seen) }),
    ...(line === undefined ? {} : { line }),
  };
}

/** So much of a text is of use on a screen, in letters. */
function cut(text: string): string {
  return text.length > longest ? text.slice(0, longest) : text;
}

const longest = 50_000;
const mostLines = 500;
const mostKeys = 500;
