import { spawnSync } from 'node:child_process';
import * as v from 'valibot';
import type { DependencyFault } from './dependencies';

/** How long the service may take, in ms. */
const patience = 30_000;

const answer = v.object({
  vulnerabilities: v.record(
    v.string(),
    v.object({
      name: v.string(),
      severity: v.picklist(['info', 'low', 'moderate', 'high', 'critical']),
      range: v.string(),
    }),
  ),
});

/**
 * Asks npm's audit service about what the lock file installs.
 * @param root the folder of the lock file
 * @returns what it knows of; or, as a sentence, why it could not be asked
 */
export function askAuditService(root: string): DependencyFault[] | string {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { stdout, error } = spawnSync(npm, ['audit', '--json'], {
    cwd: root,
    encoding: 'utf8',
    timeout: patience,
    shell: process.platform === 'win32',
  });
  return auditAnswer(stdout ?? '', error?.message);
}

/** What `npm audit --json` printed, as {@link askAuditService} tells it. */
export function auditAnswer(text: string, fault?: string): DependencyFault[] | string {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return `The audit service cannot be asked (${fault ?? 'no answer'}).`;
  }
  const read = v.safeParse(answer, given);
  if (!read.success) return `The audit service cannot be asked (${reason(given)}).`;
  return Object.values(read.output.vulnerabilities).map(({ name, severity, range }) => ({
    kind: 'advisory',
    severity: severity === 'info' ? 'low' : severity,
    text: `${name}: by the audit service (${range})`,
  }));
}

function reason(given: unknown): string {
  const told = v.safeParse(v.object({ message: v.string() }), given);
  return told.success ? (told.output.message.split('\n')[0] ?? '') : 'an answer of another form';
}
