import {
  alteredLine,
  type Expected,
  fail,
  matches,
  matching,
  type NextStep,
  notFilledIn,
  type ProgramRun,
  placeholderIn,
  printedWhenSaved,
  quote,
  type Source,
  shown,
  type Task,
  ts,
} from '#grading';
import { waitsOf } from '#vocabulary/kue/events';
import { jobName } from '#vocabulary/kue/things';

/** `Notification job created: ID`; a number sign before the id is right too. */
export function createdLine(id: number | string): Expected {
  return {
    shown: `Notification job created: ${id}`,
    pattern: new RegExp(`^Notification job created: #?${id}$`),
  };
}

/** As {@link createdLine}, whatever stands for the id: that is the group. */
const anyCreated = /^Notification job created: #?(.*)$/;

/** Whether a line is about a job's creation, whatever stands for its id. */
export function isCreatedLine(line: string): boolean {
  return anyCreated.test(line);
}

/** Lines that belong to the end of a job, and so not to its creation. */
const anyEnd = /^Notification job (?:#?\d+ )?(?:completed|failed|\d+% complete)/;

/**
 * A line for each created job, with its true id, and nothing else yet.
 * @throws CheckFailure with the first fault
 */
export function expectCreatedLines(task: Task, running: ProgramRun, ids: number[]): void {
  const lines = ids.map(createdLine);
  expectSeveralIds(task, running, ids);
  for (const text of running.outputLines) {
    if (lines.some((line) => matches(line, text))) continue;
    if (anyEnd.test(text)) {
      if (waitsOf(task, running).length > 0) failProcessing(ids, running);
      fail({
        class: 'wrong-output',
        message: `The line ${quote(text)} is printed although no processor has touched the job yet.`,
        next: 'Print it in a listener on the job: kue calls that when it comes to pass.',
        ...sides(ids, running),
        line: task.source.lineOfText(text.replace(/\d.*/, '').trim()),
        at: { prints: text },
      });
    }
    const given = anyCreated.exec(text)?.[1];
    const id = ids.find((one) => given?.trim() === String(one));
    if (id !== undefined) failBlank(text, id, ids, running);
    if (given !== undefined) failId(task, given, ids, running);
  }
  expectSaid(task, running, ids);
  if (!running.outputLines.some(isCreatedLine)) neverPrinted(task, running, ids);
  running.expectOutput([{ anyOrder: lines }]);
}

/** What is taken for an event that tells of a job's creation. */
const noEvents = new Set(['created', 'create', 'save', 'saved', 'added', 'inactive', 'waiting']);

/** @throws CheckFailure if the file shows why no job's creation is told */
function neverPrinted({ source }: Task, running: ProgramRun, ids: number[]): void {
  const [id] = ids;
  if (id === undefined) return;
  const message = `The line ${quote(shown(createdLine(id)))} is missing`;
  const next = 'Print it in the callback of save(): job.save((error) => …).';
  const listener = ['on', 'once']
    .flatMap((name) => source.textArguments(name))
    .find(({ text }) => noEvents.has(text));
  if (listener) {
    fail({
      class: 'wrong-output',
      message: `${message}: “${listener.text}” is no event of a job of kue.`,
      next,
      ...sides(ids, running),
      line: listener.line,
    });
  }
  const [save] = matching(source, '$.save()');
  if (!save || source.lineOfText('Notification job created') !== undefined) return;
  fail({
    class: 'wrong-output',
    message: `${message}: no text of the file would print it, and save() gets no callback.`,
    next,
    ...sides(ids, running),
    at: { calls: ['save'] },
  });
}

/** Where save() gets what a call gives, in place of a function. */
function calledForSave(source: Source): number | undefined {
  const [save] = matching(source, '$.save($($$$))');
  return save && source.lineOf(save);
}

/** The id is right, and the blanks before or behind it are not. */
function failBlank(text: string, id: number, ids: number[], running: ProgramRun): never {
  fail({
    class: 'wrong-output',
    ...alteredLine(shown(createdLine(id)), text, 'capitals'),
    ...sides(ids, running),
  });
}

/** @throws CheckFailure if nothing is printed because it stands behind a condition that is the wrong way round */
function expectSaid({ source }: Task, running: ProgramRun, ids: number[]): void {
  if (running.outputLines.length > 0) return;
  const condition = source.nodes
    .filter(ts.isIfStatement)
    .find(
      ({ expression, thenStatement }) =>
        /^(?:e|er+|err|error)$/.test(expression.getText()) &&
        thenStatement.getText().includes('Notification job created'),
    );
  if (!condition) return;
  const error = condition.expression.getText();
  fail({
    class: 'wrong-output',
    message: `The line is printed only if ${error} holds an error, and the job was saved without one.`,
    next: `Turn the condition round: if (!${error}).`,
    ...sides(ids, running),
    line: source.lineOf(condition),
  });
}

function failProcessing(ids: number[], running: ProgramRun): never {
  fail({
    class: 'wrong-output',
    message: 'The program processes the jobs itself; the task asks it to create and follow them.',
    next: 'Take out queue.process(): the jobs are for another program, and this one hears of them.',
    ...sides(ids, running),
    at: { calls: ['process'] },
  });
}

/** @throws CheckFailure if all lines have one and the same id, though there are several jobs */
function expectSeveralIds(task: Task, running: ProgramRun, ids: number[]): void {
  const given = idsIn(running);
  const [id] = given;
  if (given.length < 2 || ids.length < 2 || given.some((one) => one !== id)) return;
  if (!ids.includes(Number(id))) return;
  fail({
    class: 'wrong-output',
    message: `All lines tell the id ${id}: when they are printed, the variable holds the last job only.`,
    next: 'Declare the job with const inside the loop, so that each round has one of its own.',
    ...sides(ids, running),
    line: task.source.lineOfText('Notification job created'),
  });
}

function failId(task: Task, given: string, ids: number[], running: ProgramRun): never {
  fail({
    class: 'wrong-output',
    ...idFault(task, given, ids, idsIn(running)),
    ...sides(ids, running),
    line: task.source.lineOfText('Notification job created'),
  });
}

function idFault(
  task: Task,
  given: string,
  ids: number[],
  all: string[],
): { message: string; next: NextStep } {
  const callback = 'in the callback of save()';
  if (given.trim() === '') {
    return {
      message: 'The line does not tell the job’s id.',
      next: `Print job.id behind the colon, ${callback}.`,
    };
  }
  if (/^(?:undefined|null|NaN)$/.test(given)) {
    if (printedWhenSaved(task.source, 'Notification job created')) {
      return {
        message:
          given === 'null'
            ? 'The line tells “null”: the callback of save() is given an error, or null when there is none.'
            : `The line tells ${quote(given)} where the job’s id belongs.`,
        next: idOf(task.source),
      };
    }
    const called = calledForSave(task.source);
    return {
      message: `The line tells ${quote(given)}: it is printed before the job is saved, and till then a job has no id.`,
      next: called
        ? `Hand save() a function that prints it, save(() => …): line ${called} makes the call at once, and hands over what it gives.`
        : `Print it ${callback}, where the id is known.`,
    };
  }
  const placeholder = placeholderIn(given);
  if (placeholder !== undefined) return notFilledIn(placeholder);
  if (/^\[object|=>|^function/.test(given)) {
    return {
      message: `The line tells ${quote(given)} where the job’s id belongs.`,
      next: 'Print job.id, not the job or a function.',
    };
  }
  if (
    !/^\d+$/.test(given) &&
    task.source.textArguments('create').some(({ text }) => text === given)
  ) {
    return {
      message: `The line tells ${quote(given)}, the type of the job, where its id belongs.`,
      next: 'Print job.id: a listener for “enqueue” is given the type.',
    };
  }
  const places =
    ids.length > 1 &&
    (all[0] === '0' || all[0] === '1') &&
    all.every((id, index) => Number(id) === index + Number(all[0]));
  const right =
    ids.length === 1 ? `the job’s id is ${ids[0]}` : `the ids are ${ids[0]} to ${ids.at(-1)}`;
  return {
    message: `The line tells ${quote(given)}, but ${right}${places ? ': these are places in the array' : ''}.`,
    next: `Print job.id ${callback}: Redis counts the ids, across all runs.`,
  };
}

/** Whose id is to be printed: the variable that holds the job. */
function idOf(source: Source): string {
  const job = jobName(source) ?? 'job';
  return `Print the id of what queue.create() returned: ${job}.id${job === 'job' ? '' : `; ${quote('job')} is something else here`}.`;
}

function idsIn(running: ProgramRun): string[] {
  return running.outputLines.flatMap((line) => anyCreated.exec(line)?.[1] ?? []);
}

function sides(ids: number[], running: ProgramRun): { expected: string; seen: string } {
  return {
    expected: ids.map((id) => `Notification job created: ${id}`).join('\n'),
    seen: running.outputLines.join('\n'),
  };
}
