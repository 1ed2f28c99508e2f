import { spawnSync } from 'node:child_process';
import { z } from 'zod';
import type { DependencyFault } from './dependencies';

/** How long the service may take, in ms. */
const patience = 30_000;

const answer = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      severity: z.enum(['info', 'low', 'moderate', 'high', 'critical']),
      range: z.string(),
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
  const read = answer.safeParse(given);
  if (!read.success) return `The audit service cannot be asked (${reason(given)}).`;
  return Object.values(read.data.vulnerabilities).map(({ name, severity, range }) => ({
    kind: 'advisory',
    severity: severity === 'info' ? 'low' : severity,
    text: `${name}: by the audit service (${range})`,
  }));
}

function reason(given: unknown): string {
  const told = z.object({ message: z.string() }).safeParse(given);
  return told.success ? (told.data.message.split('\n')[0] ?? '') : 'an answer of another form';
}
