import type { FailureClass } from '../grading/verdict';

/** A failure class as people say it. */
export function failureName(failure: FailureClass): string {
  return names[failure];
}

const names: Record<FailureClass, string> = {
  'redis-unreachable': 'Redis not reachable',
  'syntax-error': 'syntax error',
  'missing-module': 'missing module',
  'missing-export': 'missing export',
  crash: 'crash',
  'time-out': 'time-out',
  'did-not-exit': 'did not exit',
  'output-limit': 'too much output',
  'memory-limit': 'too much memory',
  'wrong-output': 'wrong output',
  'wrong-command': 'wrong command',
  'wrong-data': 'wrong data',
  'wrong-answer': 'wrong answer',
  'wrong-port': 'wrong port',
  'requirement-not-met': 'requirement not met',
  'unreadable-file': 'unreadable file',
  'missing-file': 'missing file',
  'not-begun': 'not begun',
  'forged-report': 'forged report',
};
