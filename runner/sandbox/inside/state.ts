import net from 'node:net';
import { questionsDescriptor } from '../process/settings';
import type { Traffic } from './connections';
import { housekeepingTimers } from './housekeeping-timers';
import { report } from './report';
import { countServers } from './servers';

/** Handles that only wake when something comes from outside the program. */
const passive = new Set([
  'PipeWrap',
  'TCPSocketWrap',
  'TCPServerWrap',
  'PipeServerWrap',
  'TTYWrap',
  'SignalWrap',
]);

/** Answers the runner's questions about what the program still has to do. */
export function answerQuestions(traffic: Traffic): void {
  const questions = new net.Socket({ fd: questionsDescriptor, readable: true, writable: false });
  let unread = '';
  questions.on('data', (chunk) => {
    const lines = (unread + chunk.toString()).split('\n');
    // A read may end in the middle of a number.
    unread = lines.pop() ?? '';
    for (const line of lines) answer(Number(line), traffic);
  });
  questions.on('error', () => {});
  // It must neither keep the program alive nor show in what it lists of itself.
  questions.unref();
}

function answer(question: number, traffic: Traffic): void {
  const resources = process.getActiveResourcesInfo();
  report({
    event: 'state',
    question,
    state: {
      resources: resources.filter((name) => name !== 'Timeout' && !passive.has(name)),
      timers: resources.filter((name) => name === 'Timeout').length - housekeepingTimers(),
      waiting: resources.filter((name) => passive.has(name)).length,
      servers: countServers(),
      connections: traffic.connections(),
      sent: traffic.sent(),
      received: traffic.received(),
    },
  });
}
