import { fail, type NextStep, type Place, quote, type Source, type Task, ts } from '#grading';
import type { Job } from '#vocabulary/kue/jobs';

/** What the course's jobs carry. */
export interface NotificationData {
  phoneNumber: string;
  message: string;
}

/** A job that carries one. */
export interface NotificationJob {
  id: number;
  data: NotificationData;
}

const fields = ['phoneNumber', 'message'] as const;

/**
 * The job's data is an object with a phone number and a message, both text.
 * @throws CheckFailure naming what it is instead
 */
export function expectNotification(task: Task, job: Job): void {
  expectBothFields(job);
  adviseOnExtra(task, job.data);
}

function adviseOnExtra(task: Task, data: unknown): void {
  const extra = extraField(data);
  if (extra === undefined) return;
  task.advise(`The job’s data has a field ${quote(extra)} beside the two that the task names.`);
}

function extraField(data: unknown): string | undefined {
  return Object.keys(Object(data)).find((name) => !fields.some((one) => one === name));
}

function expectBothFields(job: Job): void {
  const data = job.data;
  const creation: Place = { calls: ['create', 'createJob'] };
  const wrong: (message: string, next: string, at?: Place) => never = (message, next, at) =>
    fail({
      class: 'wrong-data',
      message,
      next,
      expected: '{ phoneNumber: string, message: string }',
      seen: JSON.stringify(data),
      at: at ? [at, creation] : creation,
    });
  if (typeof data === 'string') {
    wrong(
      `The job’s data is a text, ${quote(data)}; the task asks for an object.`,
      'Hand the object itself to queue.create(), as the second argument: kue turns it into JSON by itself.',
    );
  }
  if (Array.isArray(data)) {
    wrong(
      'The job’s data is an array; the task asks for an object.',
      'Hand the object itself to queue.create(), without brackets around it.',
    );
  }
  if (typeof data !== 'object' || data === null || Object.keys(data).length === 0) {
    wrong('The job has no data.', 'Hand the object to queue.create() as its second argument.');
  }
  const seen = Object.keys(data);
  const wrapper = wrapperIn(data);
  if (wrapper !== undefined) {
    wrong(
      `The job’s data has no ${quote('phoneNumber')}: the object with the two fields stands one level down, under ${quote(wrapper)}.`,
      'Hand the object itself to queue.create() as its second argument, without braces around it.',
    );
  }
  for (const field of fields) {
    const value: unknown = Object.entries(data).find(([name]) => name === field)?.[1];
    if (value === undefined) {
      const other = seen.find((name) => !fields.some((one) => one === name));
      wrong(
        `The job’s data has no ${quote(field)}${other === undefined ? '' : `, but has ${quote(other)}`}.`,
        other === undefined
          ? `Add ${field} to the object: a text.`
          : 'Name the two fields phoneNumber and message, to the letter.',
        other === undefined ? undefined : { names: [other] },
      );
    }
    if (typeof value !== 'string') {
      wrong(
        `The job’s ${quote(field)} is a ${typeof value}; the task asks for text.`,
        'Put it into quotation marks.',
        typeof value === 'number' ? { code: String(value) } : undefined,
      );
    }
  }
}

/** The only field of the data, where what it holds has the two fields that the data should have. */
function wrapperIn(data: object): string | undefined {
  const [only, ...more] = Object.entries(data);
  if (!only || more.length > 0) return undefined;
  const [name, inner] = only;
  const both = fields.every((field) => Object.keys(Object(inner)).includes(field));
  return both ? name : undefined;
}

/** Where the objects come from that the jobs are to carry, as the messages speak of it. */
interface Origin {
  array: string;
  /** What to do where one of them is wrong. */
  copy: string;
  /** What to do where one of them is missing. */
  all: string;
  /** Whether a job may carry fields beside the two. */
  more: boolean;
}

const origins = {
  task: {
    array: 'the task’s array',
    copy: 'Copy the array from the task as it stands, and hand each object over as it is.',
    all: 'Compare the array with the task’s, make the loop go over all of it, and save every job.',
    more: true,
  },
  argument: {
    array: 'the array given',
    copy: 'Hand each object of jobs to queue.create() as it is.',
    all: 'Make the loop go over all of jobs, and save every job.',
    more: false,
  },
} satisfies Record<string, Origin>;

/**
 * Each job carries one of these, each of these is in one job; the order is free.
 * @param from whether they stand in the task's text, or are given to the learner's function
 * @throws CheckFailure naming the first that differs
 */
export function expectData(
  task: Task,
  jobs: Job[],
  expected: readonly NotificationData[],
  from: keyof typeof origins = 'task',
): void {
  const [first] = jobs;
  const sides = {
    expected: expected.map((one) => JSON.stringify(one)).join('\n'),
    seen: jobs.map((job) => JSON.stringify(job.data)).join('\n'),
  };
  if (first && jobs.every(({ data }) => Array.isArray(data))) {
    fail({
      class: 'wrong-data',
      message: `${jobs.length === 1 ? 'One' : 'Each'} job holds the whole array; the task asks for a job for each of its ${expected.length} objects.`,
      next: 'Create the job inside the loop, with the object that is its turn.',
      ...sides,
      at: { calls: ['create', 'createJob'] },
    });
  }
  // kue takes a 0 for no data at all.
  const places = jobs.map(({ data }) => String(data)).filter((data) => /^\d+$/.test(data));
  if (jobs.length > 1 && places.length >= jobs.length - 1) {
    fail({
      class: 'wrong-data',
      message: `The jobs’ data is ${quote(places[0] ?? '')} and so on: the places in the array, not the objects there.`,
      next: {
        says: 'Go over the objects: the first that forEach() gives is the object, the second its place.',
        unless: ['for (const $ in $) { $$$ }', 'for (let $ in $) { $$$ }'],
        otherwise: 'Write of in place of in: for … in gives the places, for … of the objects.',
      },
      at: [{ code: 'for (const $ in $) { $$$ }' }, { calls: ['forEach'] }],
      ...sides,
    });
  }
  const texts = expected.map((one) => one.message);
  if (jobs.length > 0 && jobs.every(({ data }) => texts.includes(Object(data).phoneNumber))) {
    fail({
      class: 'wrong-data',
      message: 'Phone number and message have changed places in the data of the jobs.',
      next: 'Put the number under phoneNumber and the text under message, or hand over the object as it is.',
      ...sides,
      at: { calls: ['create', 'createJob'] },
    });
  }
  const { left, others } = compared(jobs, expected, origins[from]);
  const empty = others.filter(({ data }) => Object.keys(Object(data)).length === 0);
  if (left.length === 0 && empty.length > 0 && empty.length === others.length) {
    fail({
      class: 'wrong-data',
      message: `The queue holds ${jobs.length} jobs for the ${expected.length} objects of the array: ${empty.length === 1 ? 'one' : `${empty.length}`} of them ${empty.length === 1 ? 'has' : 'have'} no data.`,
      next: 'Let the loop end with the last object: of an array, the last place is its length less one.',
      ...sides,
      at: { calls: ['create', 'createJob'] },
    });
  }
  for (const job of jobs) expectBothFields(job);
  const [other] = others;
  if (other) differs(other, left, expected, origins[from], sides);
  const [missing] = left;
  if (missing) {
    fail({
      class: 'wrong-data',
      message: `The queue holds ${jobs.length === 1 ? 'one job' : `${jobs.length} jobs`} where the array has ${expected.length}: ${whichIsMissing(left, expected)}.`,
      next: twinOf(left, expected)
        ? 'Make a job of each object, also if two have one number.'
        : origins[from].all,
      at: { names: [missing.phoneNumber] },
      ...(from === 'task' && !task.source.mentions(missing.phoneNumber)
        ? { next: 'Copy the array from the task as it stands: the file lacks that object.' }
        : whyMissing(task.source)),
      ...sides,
    });
  }
  for (const job of jobs) adviseOnExtra(task, job.data);
}

/** Which of the objects have no job, by their places, or by what they share with one that has. */
function whichIsMissing(
  left: readonly NotificationData[],
  expected: readonly NotificationData[],
): string {
  const [first, ...more] = left.map((one) => expected.indexOf(one));
  const [missing] = left;
  if (first === undefined || !missing) return 'one is missing';
  if (twinOf(left, expected)) return sharesNumber(missing);
  const last = expected.length - 1;
  if (more.length === 0) {
    if (first === 0) return 'the first object has none';
    return first === last
      ? 'the last object has none'
      : `there is none for ${missing.phoneNumber}, ${quote(missing.message)}`;
  }
  if (left.length === last && first === 1) return 'only the first object has one';
  if (left.length === last && !left.includes(expected[last] ?? missing)) {
    return 'only the last object has one';
  }
  return first === expected.length - left.length
    ? `the last ${left.length} objects have none`
    : `${left.length} objects have none, the first of them ${quote(missing.message)}`;
}

/** The object with the number of the only one that has no job. */
function twinOf(left: readonly NotificationData[], expected: readonly NotificationData[]) {
  const [missing, ...more] = left;
  if (!missing || more.length > 0) return undefined;
  return expected.find((one) => one !== missing && one.phoneNumber === missing.phoneNumber);
}

function sharesNumber({ phoneNumber, message }: NotificationData): string {
  return `${phoneNumber} stands in two objects, and only one of them has a job, not ${quote(message)}`;
}

/** What keeps the loop from some of the objects, where the file shows it. */
function whyMissing(source: Source): { next?: NextStep; line?: number } {
  const save = saveInLoop(source);
  if (!save) return {};
  const { call, loop } = save;
  const leaves = source.nodes.find(
    (node) =>
      (ts.isReturnStatement(node) || ts.isBreakStatement(node)) &&
      isLoop(loop) &&
      loopAround(node) === loop,
  );
  if (leaves) {
    const word = ts.isReturnStatement(leaves) ? 'return' : 'break';
    return {
      next: `Take the ${word} out of the loop: it leaves the loop before all objects have had their turn.`,
      line: source.lineOf(leaves),
    };
  }
  for (let at = call.parent; at !== loop && at; at = at.parent) {
    if (ts.isIfStatement(at)) {
      return {
        next: 'Take the condition away: every object gets a job that is saved.',
        line: source.lineOf(at),
      };
    }
  }
  return { line: source.lineOf(loop) };
}

/** The call of save() with the loop around it. */
function saveInLoop(source: Source): { call: ts.Node; loop: ts.Node } | undefined {
  for (const call of source.nodes) {
    if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) continue;
    if (call.expression.name.text !== 'save') continue;
    const loop = loopAround(call);
    if (loop) return { call, loop };
  }
  return undefined;
}

/** The loop around a node: a statement, or a call such as forEach that gets the function around it. */
function loopAround(node: ts.Node): ts.Node | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (isLoop(at)) return at;
    const { parent } = at;
    if (!ts.isFunctionLike(at)) continue;
    const isRound =
      ts.isCallExpression(parent) &&
      ts.isPropertyAccessExpression(parent.expression) &&
      /^(?:forEach|map|filter|some|every|reduce)$/.test(parent.expression.name.text);
    return isRound ? parent : undefined;
  }
  return undefined;
}

function isLoop(node: ts.Node): boolean {
  return ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node);
}

/** What no job carries, and the jobs that carry something else, or the same once more. */
function compared(
  jobs: readonly Job[],
  expected: readonly NotificationData[],
  { more }: Origin,
): { left: NotificationData[]; others: Job[] } {
  const left = [...expected];
  const others: Job[] = [];
  for (const job of jobs) {
    const index = left.findIndex((one) => same(one, job.data, more));
    if (index < 0) others.push(job);
    else left.splice(index, 1);
  }
  return { left, others };
}

function differs(
  job: Job,
  left: NotificationData[],
  expected: readonly NotificationData[],
  { array, copy, more }: Origin,
  sides: { expected: string; seen: string },
): never {
  const data = job.data as NotificationData & Record<string, unknown>;
  const extra = more ? undefined : extraField(data);
  const again = expected.some((one) => same(one, data, more));
  // Another in place of one that is missing, and not one too many.
  const instead = left.length === 1 ? left.find((one) => one.message === data.message) : undefined;
  const sameNumber =
    again && left.length > 1 ? undefined : left.find((one) => one.phoneNumber === data.phoneNumber);
  const message =
    extra !== undefined
      ? `The job for ${data.phoneNumber} has a field ${quote(extra)} that the objects of ${array} do not have.`
      : sameNumber
        ? `The job for ${data.phoneNumber} carries the message ${quote(data.message)}; ${array} has ${quote(sameNumber.message)} there.`
        : again && !instead
          ? `The job for ${data.phoneNumber} is in the queue more often than ${array} has it.`
          : instead
            ? `A job goes to ${data.phoneNumber}; ${array} has ${instead.phoneNumber} there.`
            : `A job goes to ${data.phoneNumber}, a number that ${array} does not have.`;
  fail({
    class: 'wrong-data',
    message,
    next:
      again && !instead
        ? 'Go through the array once, and create each job with the object that is its turn.'
        : copy,
    at: again && !instead ? { calls: ['create', 'createJob'] } : { names: [data.phoneNumber] },
    compared: sameNumber && [sameNumber.message, data.message],
    ...sides,
  });
}

/** @param more whether further fields are no difference */
function same(one: NotificationData, data: unknown, more: boolean): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const entries = Object.entries(data);
  return (
    (more || entries.length === fields.length) &&
    fields.every((field) => entries.some(([name, value]) => name === field && value === one[field]))
  );
}
