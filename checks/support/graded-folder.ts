import { type StartOptions, workbook } from './command-line';
import { lessons } from './course-folder';

/** One file's verdict as `check --json` tells it, with what its lesson says beside. */
export interface GradedFile {
  verdict: string;
  class: string;
  message: string;
  next: string;
  advice: string;
}

interface Report {
  lessons: {
    class?: string;
    next: string;
    advice: string[];
    parts: { file: string; verdict: string; message: string }[];
  }[];
}

interface GradingOptions extends Pick<StartOptions, 'obeysPermissions'> {
  /** On the embedded Redis; otherwise on the one that the command finds. By default true. */
  offline?: boolean;
}

/**
 * Grades a folder by the command line.
 * @param words lessons to grade, all without them
 * @returns verdicts by the file's name
 * @throws where the command ends without a report
 */
export async function gradeFolder(
  folder: string,
  words: readonly string[] = [],
  { offline = true, ...options }: GradingOptions = {},
): Promise<Record<string, GradedFile>> {
  const args = ['check', ...words, '--dir', folder, '--json', ...(offline ? ['--offline'] : [])];
  const { stdout, stderr } = await workbook(args, {
    env: { WORKBOOK_LESSONS: lessons },
    ...options,
  });
  if (!stdout.startsWith('{')) throw new Error(`no report: ${stdout}${stderr}`);
  const report: Report = JSON.parse(stdout);
  return Object.fromEntries(
    report.lessons.flatMap((lesson) =>
      lesson.parts.map((part) => [
        part.file,
        {
          verdict: part.verdict,
          class: lesson.class ?? '',
          message: part.message,
          next: lesson.next,
          advice: lesson.advice.join('\n'),
        },
      ]),
    ),
  );
}

/** The verdicts in short, for one comparison: `name: verdict` or `name: message`. */
export function inShort(graded: Record<string, GradedFile>): string[] {
  return Object.entries(graded).map(
    ([file, { verdict, message }]) => `${file}: ${verdict === 'passed' ? verdict : message}`,
  );
}
