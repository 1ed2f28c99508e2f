import type { Graded } from '../course/grading';
import type { PartVerdict, PrintedLine } from '../grading/verdict';
import type { RedisSource } from '../redis/instance';
import { partsOf } from './graded-files';
import { junitFailure } from './junit-failure';
import { clip, withoutForeignFrames } from './terminal/transcript';
import { xml } from './xml';

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
  const all = graded.flatMap(partsOf);
  const head = `tests="${all.length}" failures="${failures(all)}" errors="0" time="${seconds(graded)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
${junitMark} ${head}>
${suites.join('\n')}
</testsuites>
`;
}

function suite(graded: Graded, redis: Pick<RedisSource, 'kind' | 'version'>, at: Date): string {
  const { lesson, verdict } = graded;
  const cases = partsOf(graded);
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

function testCase(part: PartVerdict, lesson: string, time: string): string {
  const { file, verdict, finding, evidence } = part;
  const took = time === '' ? '' : ` time="${time}"`;
  const inside = [
    ...(verdict === 'passed' ? [] : [junitFailure(finding)]),
    ...stream('system-out', 'stdout', evidence.output),
    ...stream('system-err', 'stderr', evidence.output),
  ];
  const head = `    <testcase classname="${xml(lesson)}" name="${xml(file)}"${took}`;
  return inside.length === 0 ? `${head}/>` : `${head}>\n${inside.join('\n')}\n    </testcase>`;
}

function stream(
  element: string,
  from: PrintedLine['stream'],
  output: readonly PrintedLine[],
): string[] {
  const lines = clip(
    withoutForeignFrames(output).filter((line) => line.stream === from),
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
