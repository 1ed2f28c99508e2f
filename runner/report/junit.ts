import { stripVTControlCharacters } from 'node:util';
import type { Graded } from '../course/grading';
import type { Finding, PartVerdict, PrintedLine } from '../grading/verdict';
import type { RedisSource } from '../redis/instance';
import { clip } from './terminal/transcript';

/** What every file of this kind begins with, after the declaration. */
export const junitMark = '<testsuites name="queuing-workbook"';

/**
 * Verdicts as JUnit XML, the form that CI servers read: a suite for each lesson, a case for each of
 * its files. A missing file is a failure, as it is for the exit code.
 * Form: https://github.com/testmoapp/junitxml
 */
export function junitReport(
  redis: Pick<RedisSource, 'kind' | 'version'>,
  graded: readonly Graded[],
  at: Date,
): string {
  const suites = graded.map((one) => suite(one, redis, at));
  const all = graded.flatMap(casesOf);
  const head = `tests="${all.length}" failures="${failures(all)}" errors="0" time="${seconds(graded)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
${junitMark} ${head}>
${suites.join('\n')}
</testsuites>
`;
}

function suite(graded: Graded, redis: Pick<RedisSource, 'kind' | 'version'>, at: Date): string {
  const { lesson, verdict } = graded;
  const cases = casesOf(graded);
  const name = `${String(lesson.number).padStart(2, '0')} ${lesson.title}`;
  const properties = [
    ['redis', `${redis.kind} ${redis.version}`],
    ['level', lesson.level],
    ['isolation', verdict.isolation],
    ...verdict.advice.map((text) => ['advice', text]),
  ].map(([key = '', value = '']) => `      <property name="${xml(key)}" value="${xml(value)}"/>\n`);
  return `  <testsuite name="${xml(name)}" id="${xml(lesson.id)}" tests="${cases.length}" failures="${failures(cases)}" errors="0" skipped="0" timestamp="${at.toISOString()}" time="${seconds([graded])}">
    <properties>
${properties.join('')}    </properties>
${cases.map((part) => testCase(part, lesson.id, cases.length === 1 ? seconds([graded]) : '')).join('\n')}
  </testsuite>`;
}

/** The files of a lesson; the lesson itself where nothing of it is there. */
function casesOf({ lesson, verdict }: Graded): PartVerdict[] {
  if (verdict.parts.length > 0) return verdict.parts;
  const evidence = { output: [], wire: [], http: [], keys: [] };
  const { finding } = verdict;
  return [{ file: lesson.files[0] ?? lesson.id, verdict: verdict.verdict, finding, evidence }];
}

function testCase(part: PartVerdict, lesson: string, time: string): string {
  const { file, verdict, finding, evidence } = part;
  const took = time === '' ? '' : ` time="${time}"`;
  const inside = [
    ...(verdict === 'passed' ? [] : [failure(finding)]),
    ...stream('system-out', 'stdout', evidence.output),
    ...stream('system-err', 'stderr', evidence.output),
  ];
  const head = `    <testcase classname="${xml(lesson)}" name="${xml(file)}"${took}`;
  return inside.length === 0 ? `${head}/>` : `${head}>\n${inside.join('\n')}\n    </testcase>`;
}

function failure(finding: Finding | undefined): string {
  if (!finding) return '      <failure type="failed" message="It did not pass."/>';
  const { class: type, message, next, line, expected, seen } = finding;
  const body = [
    message,
    ...(line === undefined ? [] : [`Line: ${line}`]),
    ...(expected === undefined ? [] : ['', 'Expected:', expected, '', 'Seen:', seen ?? '']),
    '',
    `Next: ${next}`,
  ].join('\n');
  return `      <failure type="${xml(type)}" message="${xml(message)}">${xml(body)}</failure>`;
}

function stream(
  element: string,
  from: PrintedLine['stream'],
  output: readonly PrintedLine[],
): string[] {
  const lines = clip(
    output.filter((line) => line.stream === from),
    mostLines,
  ).map((line) =>
    typeof line === 'number' ? `(${line} lines more)` : `${line.program}: ${line.text}`,
  );
  return lines.length === 0 ? [] : [`      <${element}>${xml(lines.join('\n'))}</${element}>`];
}

const mostLines = 200;

function failures(parts: readonly PartVerdict[]): number {
  return parts.filter(({ verdict }) => verdict !== 'passed').length;
}

function seconds(graded: readonly Graded[]): string {
  return (graded.reduce((sum, { verdict }) => sum + verdict.ms, 0) / 1000).toFixed(3);
}

/**
 * A text for content and attributes alike. Escape sequences go; other characters that XML 1.0 does
 * not allow, lone surrogates among them, become U+FFFD.
 * Characters: https://www.w3.org/TR/xml/#charsets
 */
function xml(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"'\r]/g, (letter) => entities[letter] ?? '');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};
