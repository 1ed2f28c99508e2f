import type { Command } from '../commands/command';
import { status } from '../protocol/reply';
import type { Session } from './session';

/** Shows a command to those who asked by MONITOR, in Redis's line for it. */
export function tellMonitors(session: Session, row: Command, args: readonly string[]): void {
  if (row.flags.has('admin')) return;
  const now = Date.now();
  const time = `${Math.floor(now / 1000)}.${String(now % 1000).padStart(3, '0')}000`;
  const from = session.scripted ? 'lua' : session.outlet.address;
  const line = status(`${time} [${session.db.index} ${from}] ${args.map(quote).join(' ')}`);
  for (const monitor of session.engine.monitors) monitor.outlet.write(line);
}

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
};

/** In double quotes, bytes that do not print as `\x00`. */
function quote(bytes: string): string {
  const shown = bytes.replace(
    /["\\]|[^ -~]/g,
    (byte) => ESCAPES[byte] ?? `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${shown}"`;
}
