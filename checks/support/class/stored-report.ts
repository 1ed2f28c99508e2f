import { htmlReport } from '../../../runner/report/html/report';
import { evidence, gradedLesson } from '../graded-lesson';

/** A learner's report as a grader stores it, of one lesson whose program printed a text. */
export function storedReport(printed: string): string {
  const finding = { class: 'wrong-output' as const, message: 'Wrong greeting.', next: 'Mend it.' };
  const output = [{ program: '0-greeting', stream: 'stdout' as const, text: printed, at: 1 }];
  const graded = gradedLesson('/nowhere/0-greeting.ts', finding, evidence({ output }));
  return htmlReport({
    lessons: [{ name: '0', graded }],
    redis: { kind: 'embedded', version: '7.0' },
    at: new Date('2026-11-30T12:00:00Z'),
    what: 'a learner’s files',
    workbook: '0.1.0',
    node: '20.20.2',
  });
}
