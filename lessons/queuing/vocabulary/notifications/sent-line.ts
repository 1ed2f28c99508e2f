import {
  alteredLine,
  callWithFewer,
  distance,
  fail,
  type LineFault,
  matching,
  notFilledIn,
  type Place,
  type ProgramRun,
  placeholderIn,
  printedByImport,
  quote,
  type Source,
  sameButBlanks,
  type Task,
  ts,
  unaskedLine,
} from '#grading';
import type { NotificationData } from './data';

/** What `sendNotification` prints. */
export function sendingLine({ phoneNumber, message }: NotificationData): string {
  return `Sending notification to ${phoneNumber}, with message: ${message}`;
}

/**
 * No line has the phone number in the place of the message, and the message in its place.
 * @throws CheckFailure otherwise
 */
export function expectArgumentOrder(
  task: Task,
  running: ProgramRun,
  all: readonly NotificationData[],
): void {
  const swapped = all.map(({ phoneNumber, message }) =>
    sendingLine({ phoneNumber: message, message: phoneNumber }),
  );
  if (!running.lines.some((text) => swapped.includes(text))) return;
  fail({
    class: 'wrong-output',
    message: 'Phone number and message have changed places in the line that is printed.',
    next: 'Hand them over in the order in which sendNotification takes them: phoneNumber, message.',
    expected: all.map(sendingLine).join('\n'),
    seen: running.outputLines.join('\n'),
    line:
      task.source.lineOfCall('sendNotification') ?? task.source.lineOfText('Sending notification'),
  });
}

/** Where what is printed is handed over. */
const handing: Place = { calls: ['sendNotification', 'process'] };

/**
 * No line tells a value that is none, such as “undefined”.
 * @throws CheckFailure with the first that does
 */
export function expectFilledIn(
  task: Task,
  running: ProgramRun,
  all: readonly NotificationData[],
): void {
  for (const text of running.lines) {
    const filling = emptyFilling(task, text);
    if (!filling) continue;
    fail({
      class: 'wrong-output',
      at: handing,
      ...filling,
      expected: all.map(sendingLine).join('\n'),
      seen: running.outputLines.join('\n'),
    });
  }
}

/**
 * What the program printed is lines for these, each at most once, in any order.
 * @throws CheckFailure with the first line that is none of them
 */
export function expectOnlySent(
  task: Task,
  running: ProgramRun,
  all: readonly NotificationData[],
): void {
  expectArgumentOrder(task, running, all);
  const expected = all.map(sendingLine);
  const printed = running.lines.filter((line) => line.trim() !== '');
  const text = surplusOf(printed, expected)[0];
  if (text === undefined) return;
  fail({
    class: 'wrong-output',
    at: { prints: text },
    ...fault(task, text, all, running.lines),
    expected: expected.join('\n'),
    seen: running.outputLines.join('\n'),
  });
}

/** What one has more of than the other, in its order. */
function surplusOf(one: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return one.filter((text) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

function fault(
  task: Task,
  text: string,
  all: readonly NotificationData[],
  printed: readonly string[],
): LineFault {
  const line = task.source.lineOfText('Sending notification');
  // Lines that are printed nowhere: where there are none, this one was meant for none of them.
  const due = surplusOf(all.map(sendingLine), printed);
  if (all.some((one) => sendingLine(one) === text)) return onceTooOften(task, text, due);
  const blanks = due.find((one) => sameButBlanks(one, text));
  const filling = blanks === undefined ? wrongFilling(task, text, all) : undefined;
  if (filling) return { at: handing, ...filling };
  const imported = printedByImport(task.source, text);
  if (imported) return imported;
  if (/^Sending notification to /.test(text)) {
    const [creates] = createsOf(task);
    if (creates) {
      return {
        message: `The line ${quote(text)} is for a job that the program creates itself.`,
        next: 'Take out what creates a job here: the jobs come from the other program.',
        line: creates.line,
      };
    }
  }
  const [wanted] = due.sort((one, other) => distance(text, one) - distance(text, other));
  return wanted !== undefined && /notif/i.test(text)
    ? { ...alteredLine(wanted, text, 'commas'), line }
    : unaskedLine(text);
}

function onceTooOften(task: Task, text: string, due: readonly string[]): LineFault {
  if (due.length > 0) {
    return {
      message: `The line ${quote(text)} is printed for more than its own job: another job’s line is missing.`,
      next: 'Take both values from the job that the function is called with, each time: job.data.',
      at: handing,
    };
  }
  const message = `The line ${quote(text)} is printed once too often.`;
  const [creates] = createsOf(task);
  return creates
    ? {
        message,
        next: 'Take out what creates a job here: the jobs come from the other program.',
        line: creates.line,
      }
    : { message, next: 'Call sendNotification once for each job.', at: handing };
}

function createsOf({ source }: Task) {
  return ['create', 'createJob'].flatMap((name) => source.textArguments(name));
}

/** Where a line has other values in it than a job’s own. */
function wrongFilling(
  task: Task,
  text: string,
  all: readonly NotificationData[],
): LineFault | undefined {
  const empty = emptyFilling(task, text);
  if (empty) return empty;
  const [, number, message] = /^Sending notification to (.*), with message: (.*)$/.exec(text) ?? [];
  const called = all.find(({ phoneNumber }) => phoneNumber === number);
  if (called) {
    return {
      message: all.some((one) => one.message === message)
        ? `The message for ${called.phoneNumber} is that of another job: ${quote(message ?? '')}.`
        : `The message for ${called.phoneNumber} is ${quote(called.message)}, but the program printed ${quote(message ?? '')}.`,
      next: 'Hand the job’s own message over as the second argument of sendNotification: job.data.message.',
    };
  }
  return undefined;
}

/** Where a line tells what is no value of a job. */
function emptyFilling(task: Task, text: string): LineFault | undefined {
  const data = 'Read them from job.data: job.data.phoneNumber and job.data.message.';
  const placeholder = placeholderIn(text);
  if (placeholder !== undefined) return { ...notFilledIn(placeholder), at: { prints: text } };
  const number = /to undefined\b/.test(text);
  const words = /: undefined$/.test(text);
  if (number || words) {
    const what =
      number && words
        ? 'Phone number and message are'
        : number
          ? 'The phone number is'
          : 'The message is';
    const message = `${what} “undefined” in the line that is printed.`;
    const source = unread(task.source, number ? 'phoneNumber' : 'message');
    if (source) return { message, ...source };
    return {
      message,
      next:
        number || callWithFewer(task.source, 'sendNotification', 2) === undefined
          ? data
          : 'Hand the message over as the second argument of sendNotification: job.data.message.',
      line: callWithFewer(task.source, 'sendNotification', 2),
    };
  }
  if (/\[object Object\], with message: (?:function|\()/.test(text)) {
    return {
      message:
        'sendNotification gets the job and done in place of the phone number and the message.',
      next: 'Give queue.process() a function (job, done) => … that calls sendNotification with what is in job.data.',
    };
  }
  if (/\[object Object\]/.test(text)) {
    return {
      message: `The line holds “[object Object]”, a whole object where one of its fields belongs.`,
      next: data,
    };
  }
  return undefined;
}

/** Where the file reads a field of the data from the job itself, or under another name. */
function unread(source: Source, field: string): Omit<LineFault, 'message'> | undefined {
  const job = workerParameter(source) ?? 'job';
  const [ofJob] = [
    ...matching(source, `${job}.${field}`),
    ...source.nodes.filter(
      (node) =>
        ts.isVariableDeclaration(node) &&
        ts.isObjectBindingPattern(node.name) &&
        node.initializer?.getText().split(' ')[0] === job &&
        node.name.elements.some((one) => one.getText() === field),
    ),
  ];
  if (ofJob) {
    return {
      next: `The job itself has no ${quote(field)}: the fields stand in its data, ${job}.data.`,
      line: source.lineOf(ofJob),
    };
  }
  const other = source.nodes.find(
    (node) =>
      ts.isIdentifier(node) &&
      node.text !== field &&
      node.text.toLowerCase() === field.toLowerCase() &&
      (ts.isBindingElement(node.parent) || ts.isPropertyAccessExpression(node.parent)),
  );
  return (
    other && {
      next: `The field is called ${quote(field)}; ${quote(other.getText())} is another name.`,
      line: source.lineOf(other),
    }
  );
}

/** What the function of queue.process() calls the job. */
function workerParameter(source: Source): string | undefined {
  const worker = source.nodes.find(
    (node): node is ts.ArrowFunction | ts.FunctionExpression =>
      (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) &&
      ts.isCallExpression(node.parent) &&
      /\.process$/.test(node.parent.expression.getText()),
  );
  return worker?.parameters[0]?.name.getText();
}
