import {
  type Explanation,
  isIdle,
  isSaidIn,
  listenersIn,
  type PlacedFinding,
  quote,
  type Source,
  type Task,
} from '#grading';
import { deafListener, explainDeaf } from '#vocabulary/redis/client-events';
import { refusedPrefix } from './refusal-line';

/** What every program of the first lessons prints when it has reached Redis. */
export const connectedLine = 'Redis client connected to the server';

/**
 * Why that line is not printed though Redis is there, or why nothing hears that it is not: what is wrong
 * with the listener.
 */
export function explainListeners({ source }: Task): Explanation {
  return (finding) => {
    if (finding.class === 'redis-unreachable') {
      const deaf = deafListener(source, 'error');
      return deaf && explainDeaf(deaf, 'error');
    }
    return lacksConnected(finding) ? explainConnected(source, finding) : undefined;
  };
}

function lacksConnected({ class: kind, expected = '', seen = '' }: PlacedFinding): boolean {
  const has = (text: string) => text.split('\n').includes(connectedLine);
  return kind === 'wrong-output' && has(expected) && !has(seen);
}

function explainConnected(
  source: Source,
  finding: PlacedFinding,
): Partial<PlacedFinding> | undefined {
  const deaf = deafListener(source, 'connect', ['ready']);
  if (deaf) return explainDeaf(deaf, 'connect');
  const listener = listenersIn(source).find(({ event }) => ['connect', 'ready'].includes(event));
  if (!listener) {
    const next = `Print it in a listener for “connect” on the client: client.on('connect', …).`;
    return { ...finding, next };
  }
  const { heard, event, line } = listener;
  if (!heard) return undefined;
  if (isSaidIn(source, heard, refusedPrefix) && !isSaidIn(source, heard, connectedLine)) {
    return {
      message: `The listener for ${quote(event)} prints the line for a connection that was refused.`,
      next: `Let it print ${quote(connectedLine)}; the other line belongs in the listener for “error”.`,
      line,
    };
  }
  if (!isIdle(heard)) return undefined;
  return {
    message: `The listener for ${quote(event)} prints nothing: it calls no function.`,
    next: `Log the line in it: () => console.log('${connectedLine}').`,
    line,
  };
}
