import { createHash } from 'node:crypto';
import type { Graded } from '../course/grading';
import { partsOf, pathOf, withoutFolders } from './graded-files';
import { jsonText } from './json-text';
import { beginning, plainText } from './plain-text';
import { repositoryPath } from './repository-path';

const checkName = 'queuing-workbook.';

/** What a file of this kind begins with: a finding of ours, or none at all. */
export const codeQualityMark = new RegExp(`^\\[\\s*(\\]|\\{\\s*"check_name": "${checkName})`);

/**
 * What did not pass, as a Code Quality report: GitLab shows each at its line of a merge request.
 * Form: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 * @param top of the repository, absolute
 * @param folder what was graded, absolute: where a missing file would lie
 */
export function codeQualityReport(graded: readonly Graded[], top: string, folder: string): string {
  return jsonText(
    graded.flatMap((one) =>
      partsOf(one).flatMap((part) => {
        if (part.verdict === 'passed') return [];
        const { finding, file } = part;
        const at = pathOf(one, part) ?? `${folder}/${file}`;
        const path = plainText(repositoryPath(at, top) ?? file);
        const name = `${checkName}${finding?.class ?? 'failed'}`;
        const text = finding ? `${finding.message} ${finding.next}` : 'It did not pass.';
        const description = beginning(plainText(withoutFolders(text, one)), longest);
        return [
          {
            check_name: name,
            description,
            // The same finding after lines were put in above it: GitLab knows it again by this.
            fingerprint: createHash('sha256')
              .update(JSON.stringify([one.lesson.id, path, name, finding?.message ?? '']))
              .digest('hex'),
            severity: 'major',
            location: { path, lines: { begin: finding?.line ?? 1 } },
          },
        ];
      }),
    ),
  );
}

/** The most of a description, in characters. */
const longest = 2000;
