import { STATUS_CODES } from 'node:http';
import { ruleNext } from '../../grading/explain/crash';
import { quote } from '../../grading/finding';
import type { Answer } from './answer';
import { type RouteFault, whyNoRoute } from './no-route';

/** Whether Express answers that it has no route for the path. */
export function hasNoRoute({ status, body }: Answer): boolean {
  return status === 404 && /<pre>Cannot GET /.test(body);
}

/** Why Express answers by itself: a route throws, or there is none. Nothing if it does not. */
export function expressPage(answer: Answer): RouteFault | undefined {
  const [, text] = /<pre>(.*?)<\/pre>/s.exec(answer.body) ?? [];
  if (text === undefined) return undefined;
  const [error = '', ...stack] = plainText(text).split(/<br>\s*/);
  const { source, course } = answer.by ?? {};
  if (error.startsWith('Cannot GET')) return whyNoRoute(source, answer.request, answer.path);
  const next = source && course && ruleNext(error, source.file, course);
  return {
    message: `${answer.request} fails with ${quote(shorten(error))}.`,
    next: next ?? 'Look at the route: this error was thrown in it.',
    line: source && lineIn(stack, source.file),
  };
}

/** A bare status, such as `res.send(404)` sends it: its number, or its name as text. */
export function bareStatus({ body, json }: Answer): number | undefined {
  if (typeof json === 'number' && json in STATUS_CODES) return json;
  const [code] = Object.entries(STATUS_CODES).find(([, name]) => name === body) ?? [];
  return code === undefined ? undefined : Number(code);
}

/** The first place in the file that a stack names. */
function lineIn(stack: readonly string[], file: string): number | undefined {
  for (const frame of stack) {
    const at = frame.indexOf(`${file}:`);
    const [digits] = at < 0 ? [] : (/^\d+/.exec(frame.slice(at + file.length + 1)) ?? []);
    if (digits !== undefined) return Number(digits);
  }
  return undefined;
}

function plainText(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
}

/** A text for a sentence: in one line, and not too long. */
export function shorten(text: string): string {
  const line = text.replace(/[ \t\r\n]+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}
