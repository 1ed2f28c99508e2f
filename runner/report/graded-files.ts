import path from 'node:path';
import type { Graded } from '../course/grading';
import type { PartVerdict } from '../grading/verdict';

/** The verdicts on the files of a lesson; one on the lesson itself where nothing of it is there. */
export function partsOf({ lesson, verdict }: Graded): PartVerdict[] {
  if (verdict.parts.length > 0) return verdict.parts;
  const evidence = { output: [], wire: [], http: [], keys: [] };
  const { finding } = verdict;
  return [{ file: lesson.files[0] ?? lesson.id, verdict: verdict.verdict, finding, evidence }];
}

/** The absolute path of a graded file; nothing for one that is missing. */
export function pathOf({ files }: Graded, { file }: PartVerdict): string | undefined {
  return files.find((one) => path.basename(one) === file);
}

/** A text without the paths of the folders that a lesson's files lie in: they are this machine's own. */
export function withoutFolders(text: string, { files }: Graded): string {
  return [...new Set(files.map((file) => path.dirname(file)))]
    .filter((folder) => folder !== path.parse(folder).root)
    .reduce(
      (left, folder) => left.replaceAll(`${folder}${path.sep}`, '').replaceAll(folder, '.'),
      text,
    );
}
