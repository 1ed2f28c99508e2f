import { explainEnd, explainRaw, insidePackage, ruleNext } from '../../grading/explain/crash';
import { printedRefusal } from '../../grading/explain/refusals';
import { type NextStep, type PlacedFinding, quote } from '../../grading/finding';
import { wordsIn } from '../../grading/json';
import type { ProgramRun } from '../../grading/program/program-run';
import { codePlace } from '../../grading/source/code-place';
import { answering } from '../../grading/source/locate';
import type { Source } from '../../grading/source/requirements';
import { routeFor, takes } from '../../grading/source/routes';
import type { Journal } from '../../sandbox/tap/journal';
import type { Answer } from './answer';
import { shorten } from './express-page';

/** What was asked of a server when it crashed. */
export interface Deed {
  /** Such as `GET /list`, to begin a sentence with. */
  name: string;
  /** The path, if it was a request. */
  path?: string;
  /** The answer, if one came before the crash. */
  answer?: Answer | undefined;
  /** The next step if nothing else shows one. */
  next?: NextStep | undefined;
  /** Whether the check made Redis refuse a command for this. */
  arranged?: boolean;
}

/**
 * Why a server crashed, laid to the code that did it, not to what was asked at the time.
 * @returns nothing if it did not crash
 */
export function crashFinding(
  running: ProgramRun,
  source: Source | undefined,
  journal: Journal,
  deed: Deed,
): PlacedFinding | undefined {
  const { program, course, name } = running;
  const [error] = program.errors;
  const finding = explainEnd(program, course);
  if (finding?.class !== 'crash' || !error) return undefined;
  const raw = `${error.name}: ${error.message}`.split('\n', 1)[0] ?? '';
  const who = doerOf(source, finding.line, deed);
  if (error.code === 'ERR_HTTP_HEADERS_SENT') {
    return { ...finding, ...answeredTwice(source, who, deed, finding.line) };
  }
  const refused = deed.arranged ? undefined : printedRefusal(journal, name, error.message);
  if (refused) {
    const message = `${who} makes the server crash. ${refused.message}`;
    return { ...finding, next: refused.next, at: refused.at ?? [], message };
  }
  const inside = insidePackage(error, program.file);
  if (inside) return { ...finding, message: `${who} makes the server crash. ${inside.message}` };
  const ruled = explainRaw(raw, program.file, course) && finding.next;
  const other = ruleNext(raw, program.file, course) ?? finding.next;
  return {
    ...finding,
    message: `${who} makes the server crash with ${quote(raw)}.`,
    next: (deed.arranged ? deed.next : (ruled ?? deed.next)) ?? other,
    ...(finding.line === undefined && deed.path !== undefined ? { at: { route: deed.path } } : {}),
  };
}

/** A request is answered a second time. */
function answeredTwice(
  source: Source | undefined,
  who: string,
  { path, answer }: Deed,
  line: number | undefined,
) {
  if (path === undefined || !answer) {
    return {
      message: `${who} answers a request that is answered already, and the server crashes.`,
      next: 'Answer each request once, in its route: a function that runs later, or for each job, must not answer it again.',
    };
  }
  const route = source && routeFor(source, path);
  const first =
    source &&
    answering(source, path, {
      texts: wordsIn(answer.json),
      strange: [],
      field: Object.keys(Object(answer.json))[0],
    });
  const isFound = first !== undefined && route && first !== source?.lineOf(route.call);
  const second = source && line !== undefined ? codePlace(source, line) : undefined;
  const kept = second && 'keptBy' in second ? second.keptBy : undefined;
  const here = source && first !== undefined ? codePlace(source, first) : undefined;
  const apart = kept !== undefined && !(here && 'keptBy' in here);
  return {
    message: `${who} answers ${quote(shorten(answer.body))}, goes on, and answers once more: the server crashes.`,
    next: apart
      ? `Answer in the function that ${kept}() gets alone: it runs behind the answer that stands outside of it.`
      : 'Return right after the first answer, so that the code below it does not run.',
    line: isFound ? first : line,
  };
}

/** Who runs a line, as the beginning of a sentence. */
function doerOf(source: Source | undefined, line: number | undefined, deed: Deed): string {
  const place = source && line !== undefined ? codePlace(source, line) : undefined;
  if (!place || deed.arranged) return deed.name;
  if ('event' in place) return `The listener for ${quote(place.event)}`;
  if ('keptBy' in place) return `The function that ${place.keptBy}() gets`;
  const isAsked = deed.path !== undefined && takes(place.route, deed.path);
  return isAsked ? deed.name : `The route ${quote(place.route.path)}`;
}
