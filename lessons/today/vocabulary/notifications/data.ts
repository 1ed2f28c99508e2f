import { fail, type NextStep, type Place, quote } from '#grading';

/** What the jobs of the course carry. */
export interface Notification {
  phoneNumber: string;
  message: string;
}

const fields = ['phoneNumber', 'message'] as const;
const adding: Place = { calls: ['add', 'addBulk'] };

/**
 * What a job carries is an object with a phone number and a message, both text.
 * @throws CheckFailure naming what it is instead
 */
export function expectNotification(data: unknown): void {
  const sides = {
    expected: '{ phoneNumber: string, message: string }',
    seen: JSON.stringify(data) ?? 'undefined',
  };
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    fail({
      class: 'wrong-data',
      message: Array.isArray(data)
        ? 'The job carries an array; the task asks for one object.'
        : `The job carries ${typeof data === 'string' ? `the text ${quote(data)}` : quote(sides.seen)}; the task asks for an object.`,
      next:
        typeof data === 'string'
          ? 'Hand the object itself to queue.add(): BullMQ makes the JSON.'
          : 'Hand the object itself to queue.add(), as its second argument.',
      at: adding,
      ...sides,
    });
  }
  const entries = new Map<string, unknown>(Object.entries(data));
  for (const field of fields) {
    const value = entries.get(field);
    if (typeof value === 'string') continue;
    const [other] = [...entries.keys()].filter((name) => !fields.some((one) => one === name));
    const inner = other === undefined ? undefined : entries.get(other);
    const isWrapped = typeof inner === 'object' && inner !== null && field in inner;
    fail({
      class: 'wrong-data',
      message:
        value !== undefined
          ? `The job’s ${quote(field)} is a ${typeof value}; the task asks for text.`
          : isWrapped
            ? `The job’s data has no ${quote(field)}: the object stands one level down, under ${quote(other ?? '')}.`
            : `The job’s data has no ${quote(field)}${other === undefined ? '' : `, but has ${quote(other)}`}.`,
      next:
        value !== undefined
          ? 'Put it into quotation marks.'
          : isWrapped
            ? 'Take the braces around the object away: it is the data itself.'
            : other === undefined
              ? 'Hand an object with both fields to queue.add() as its second argument.'
              : 'Name the two fields phoneNumber and message, to the letter.',
      at:
        value !== undefined
          ? [{ code: String(value) }, adding]
          : [...(other === undefined ? [] : [{ names: [other] }]), adding],
      ...sides,
    });
  }
}

/**
 * Each job carries one of these, each of these is in one job; the order is free.
 * @param next the next step if a job carries something else
 * @throws CheckFailure naming the first that differs
 */
export function expectEach(
  jobs: readonly { data: unknown }[],
  expected: readonly Notification[],
  next: NextStep = 'Copy the array from the task as it stands, and add one job for each of its objects.',
): void {
  const sides = {
    expected: expected.map((one) => JSON.stringify(one)).join('\n'),
    seen: jobs.map(({ data }) => JSON.stringify(data)).join('\n'),
  };
  if (jobs.length === 1 && Array.isArray(jobs[0]?.data)) {
    fail({
      class: 'wrong-data',
      message: `One job holds the whole array; the task asks for a job for each of its ${expected.length} objects.`,
      next: 'Add a job in a loop, with the object that is its turn.',
      at: adding,
      ...sides,
    });
  }
  for (const { data } of jobs) expectNotification(data);
  const left = [...expected];
  for (const { data } of jobs) {
    const seen = new Map<string, unknown>(Object.entries(Object(data)));
    const index = left.findIndex((one) => fields.every((field) => seen.get(field) === one[field]));
    if (index >= 0) {
      left.splice(index, 1);
      continue;
    }
    const number = String(seen.get('phoneNumber'));
    fail({
      class: 'wrong-data',
      message: `A job carries ${quote(JSON.stringify(data))}, which the task’s array does not have${expected.some((one) => one.phoneNumber === number) ? ' so, or not so often' : ''}.`,
      next,
      at: [{ names: [number] }, adding],
      ...sides,
    });
  }
  const [missing] = left;
  if (!missing) return;
  fail({
    class: 'wrong-data',
    message: `The queue holds ${jobs.length === 1 ? 'one job' : `${jobs.length} jobs`} where the array has ${expected.length} objects: ${missing.phoneNumber} has none.`,
    next: 'Compare the array with the task’s, and let the loop go over all of it.',
    at: adding,
    ...sides,
  });
}

/**
 * Each job carries the two fields alone: the object itself is the data.
 * @throws CheckFailure naming the first other field
 */
export function expectNothingElse(jobs: readonly { data: unknown }[]): void {
  for (const { data } of jobs) {
    const other = Object.keys(Object(data)).find((name) => !fields.some((one) => one === name));
    if (other === undefined) continue;
    fail({
      class: 'wrong-data',
      message: `A job carries ${quote(other)} besides the object: the task has the object itself as the data.`,
      next: 'Hand the object over as it is, and add nothing to it.',
      at: [{ names: [other] }, adding],
      expected: '{ phoneNumber, message }',
      seen: JSON.stringify(data),
    });
  }
}
