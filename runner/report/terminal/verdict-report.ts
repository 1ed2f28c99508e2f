import path from 'node:path';
import type { Graded } from '../../course/grading';
import type { Lesson } from '../../course/lesson';
import type { Finding, PartVerdict, Verdict } from '../../grading/verdict';
import { failureName } from '../failure-names';
import { comparison } from './comparison';
import { evidenceFor } from './evidence';
import { excerpt } from './excerpt';
import { sanitizeProse } from './invisible';
import { type KeyHint, keyLine } from './keys';
import type { Screen } from './screen';
import { transcript } from './transcript';
import { columnsOf, cut, pad, wrap } from './wrap';

/** What to offer below a verdict. */
export interface NextSteps {
  /** The command or the key that shows a program's whole output. */
  wholeOutput: string;
  keys: KeyHint[];
}

/**
 * A verdict in full, for a terminal: what is wrong; expected and seen; the line; what the program
 * printed and did; the next step; advice; the keys.
 */
export function verdictReport(graded: Graded, screen: Screen, nextSteps: NextSteps): string {
  const { lesson, verdict } = graded;
  const parts = verdict.parts.filter((part) => part.verdict !== 'passed');
  const sections = [
    [headline(lesson, verdict, screen, duration(verdict.ms))],
    ...(verdict.parts.length > 1 ? [verdict.parts.map((part) => partLine(part, screen))] : []),
    ...(verdict.verdict === 'passed'
      ? [passedText(graded, screen)]
      : failureSections(graded, parts, screen, nextSteps)),
    verdict.advice.flatMap((text) => labelled('advice', text, 'cyan', screen)),
    keyLine(nextSteps.keys, screen),
  ];
  const filled = sections.filter((section) => section.length > 0);
  const lines = filled.reduce((sum, section) => sum + section.length + 1, 0);
  // Where it would scroll away, it moves closer together: what is wrong stands at the top.
  const gap = screen.live && lines + 1 > screen.height ? '\n' : '\n\n';
  return `${filled.map((section) => section.join('\n')).join(gap)}\n`;
}

/** A verdict in a line or two, for one of many. */
export function verdictLine({ lesson, verdict }: Graded, screen: Screen): string {
  const head = headline(lesson, verdict, screen, duration(verdict.ms));
  const { finding } = verdict;
  if (verdict.verdict === 'passed' || !finding) return `${head}\n`;
  const name = verdict.verdict === 'missing' ? '' : `${failureName(finding.class)}: `;
  const text = name + sanitizeProse(finding.message, screen.glyphs);
  return `${[head, ...wrap(text, screen.width, '     ')].join('\n')}\n`;
}

/** Mark, number, title and outcome of a lesson on one line. */
function headline(lesson: Lesson, verdict: Verdict, screen: Screen, aside: string): string {
  const { glyphs, paint, width } = screen;
  const mark = { passed: glyphs.pass, failed: glyphs.fail, missing: glyphs.idle }[verdict.verdict];
  const style = outcomeStyle[verdict.verdict];
  const outcome = outcomeName(verdict);
  const end = `${outcome}  ${aside}`;
  const room = width - columnsOf(end) - 8;
  const title = pad(cut(lesson.title, room, glyphs.ellipsis), room);
  const number = String(lesson.number).padStart(2);
  return `${paint([style, 'bold'], mark)} ${paint('bold', `${number}  ${title}`)}  ${paint(style, outcome)}${paint('dim', `  ${aside}`)}`;
}

const outcomeStyle = { passed: 'green', failed: 'red', missing: 'yellow' } as const;

function failureSections(
  graded: Graded,
  parts: PartVerdict[],
  screen: Screen,
  nextSteps: NextSteps,
): string[][] {
  const part = parts.find(({ verdict }) => verdict === 'failed') ?? parts[0];
  const finding = part?.finding ?? graded.verdict.finding;
  if (!finding) return [];
  if (part?.verdict === 'missing') {
    return parts.flatMap((one) => briefly(one, screen));
  }
  return [
    wrongText(finding, screen),
    ...(finding.expected !== undefined && finding.expected !== finding.seen
      ? [comparison(finding.expected, finding.seen ?? '', screen)]
      : []),
    place(graded, part, finding, screen),
    spoken(part, screen, nextSteps.wholeOutput),
    part ? evidenceFor(finding.class, part.evidence, screen) : [],
    labelled('next', finding.next, 'yellow', screen),
    ...parts.filter((one) => one !== part).flatMap((one) => briefly(one, screen)),
  ];
}

/** What is wrong with a file, and its next step, without the evidence. */
function briefly({ finding, verdict, file }: PartVerdict, screen: Screen): string[][] {
  if (!finding) return [];
  const name = verdict === 'missing' ? '' : `${file}, ${failureName(finding.class)}: `;
  const text = sanitizeProse(name + finding.message, screen.glyphs);
  return [wrap(text, screen.width, '  '), labelled('next', finding.next, 'yellow', screen)];
}

function wrongText(finding: Finding, screen: Screen): string[] {
  const name = failureName(finding.class);
  return [
    ...wrap(screen.paint(['red', 'bold'], name), screen.width, '  '),
    ...wrap(sanitizeProse(finding.message, screen.glyphs), screen.width, '  '),
  ];
}

function place(
  graded: Graded,
  part: PartVerdict | undefined,
  finding: Finding,
  screen: Screen,
): string[] {
  const file = graded.files.find((name) => path.basename(name) === part?.file) ?? graded.files[0];
  return file && finding.line ? excerpt(file, finding.line, screen) : [];
}

function spoken(part: PartVerdict | undefined, screen: Screen, more: string): string[] {
  const printed = part?.evidence.output ?? [];
  // A file that cannot be read never spoke: those lines are the compiler's.
  const mute = part?.finding?.class === 'syntax-error';
  const output = mute ? printed.filter(({ stream }) => stream === 'stdout') : printed;
  if (output.length === 0) return [];
  const heading = wrap('your program printed', screen.width, '  ');
  return [
    ...heading.map((line) => screen.paint('dim', line)),
    ...transcript(output, screen, more, part?.finding?.seen),
  ];
}

function passedText({ lesson, verdict }: Graded, screen: Screen): string[] {
  const commands = verdict.parts.reduce((sum, { evidence }) => sum + evidence.wire.length, 0);
  const seen = commands > 0 ? `, and Redis saw the commands that it asks for` : '';
  return wrap(`Does what task ${lesson.number} asks${seen}.`, screen.width, '  ');
}

function partLine(part: PartVerdict, screen: Screen): string {
  const { glyphs, paint } = screen;
  const mark = { passed: glyphs.pass, failed: glyphs.fail, missing: glyphs.idle }[part.verdict];
  return `  ${paint(outcomeStyle[part.verdict], mark)} ${part.file}  ${outcomeName(part)}`;
}

/** An outcome as people say it. */
function outcomeName({ verdict, finding }: Pick<Verdict, 'verdict' | 'finding'>): string {
  return finding?.class === 'not-begun' ? failureName('not-begun') : verdict;
}

function labelled(label: string, text: string, style: 'yellow' | 'cyan', screen: Screen): string[] {
  const lead = `  ${screen.paint(style, `${screen.glyphs.next} ${label}`)}  `;
  return wrap(sanitizeProse(text, screen.glyphs), screen.width, lead, '    ');
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
