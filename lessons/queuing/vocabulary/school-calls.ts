import {
  type Explanation,
  findFunction,
  isPrint,
  type PlacedFinding,
  type Source,
  similar,
  type Task,
  ts,
} from '#grading';
import { clientCalls, hasNoCallback } from '#vocabulary/redis/client-calls';
import { takenApart } from './misread-reply';

/** The keys of lessons 2 and 3. */
export const schoolKeys = ['Holberton', 'HolbertonSanFrancisco'];

/** The calls that the file ends with. */
const calls = [
  { name: 'displaySchoolValue', key: 'Holberton' },
  { name: 'setNewSchool', key: 'HolbertonSanFrancisco' },
  { name: 'displaySchoolValue', key: 'HolbertonSanFrancisco' },
] as const;

type Told = Partial<PlacedFinding>;

/** Why the lines of the schools are not what they should be: the calls, or the functions, as the file has them. */
export function explainSchools({ source }: Task): Explanation {
  return (finding) => {
    if (finding.class !== 'wrong-output' && finding.class !== 'wrong-command') return undefined;
    return (
      otherKey(source) ??
      missingCall(source) ??
      repeatedCall(source) ??
      setsFirst(source) ??
      (finding.class === 'wrong-output'
        ? (silentDisplay(source) ??
          takenApart(source) ??
          (lacks(finding, 'Reply: OK') ? unconfirmed(source) : undefined))
        : undefined)
    );
  };
}

function lacks({ expected = '', seen = '' }: PlacedFinding, line: string): boolean {
  const has = (text: string) => text.split('\n').includes(line);
  return has(expected) && !has(seen) && !/^(?:Reply|Re\w+:|OK)/m.test(seen);
}

function shown({ name, key }: (typeof calls)[number]): string {
  return name === 'setNewSchool' ? `${name}('${key}', '100')` : `${name}('${key}')`;
}

/** Calls with a key that is none of the task's. */
function otherKey(source: Source): Told | undefined {
  const given = calls.flatMap(({ name }) =>
    source.textArguments(name).map((one) => ({ ...one, name })),
  );
  const [strange] = given.filter(({ text }) => !schoolKeys.includes(text));
  if (!strange) return undefined;
  const { text } = strange;
  const isSet = given.some((one) => one.text === text && one.name === 'setNewSchool');
  const name = isSet ? 'setNewSchool' : 'displaySchoolValue';
  const lines = [...new Set(given.flatMap((one) => (one.text === text ? [one.line] : [])))].sort(
    (one, other) => one - other,
  );
  const due = calls.filter((one) => one.name === name);
  const isGiven = (key: string) => given.some((one) => one.name === name && one.text === key);
  const meant =
    due.find(({ key }) => similar(key, text)) ?? due.find(({ key }) => !isGiven(key)) ?? due[0];
  return {
    message:
      lines.length > 1
        ? `Lines ${lines.join(' and ')} call with the key “${text}”; the task’s is “${meant?.key}”.`
        : `${name} is called with “${text}”; the task calls it with “${meant?.key}”.`,
    next: `Write “${meant?.key}” in its place, to the letter.`,
    ...(lines[0] === undefined ? {} : { line: lines[0] }),
  };
}

/** One of the three calls, where the others give their keys as texts. */
function missingCall(source: Source): Told | undefined {
  const all = ['displaySchoolValue', 'setNewSchool'];
  if (all.some((name) => !source.has(name) || source.isHandedOn(name))) return undefined;
  if (all.some((name) => source.textArguments(name).length < source.countCalls(name)))
    return undefined;
  const missing = calls.find(({ name, key }) =>
    source.textArguments(name).every(({ text }) => text !== key),
  );
  return (
    missing && {
      message: `The file never calls ${shown(missing)}.`,
      next: 'End the file with the three calls of the task: display, set, display.',
    }
  );
}

/** A call that is made twice with the same key. */
function repeatedCall(source: Source): Told | undefined {
  for (const name of ['displaySchoolValue', 'setNewSchool']) {
    const given = source.textArguments(name);
    const again = given.find(({ text }, at) =>
      given.slice(0, at).some((before) => before.text === text),
    );
    if (!again) continue;
    const first = given.find(({ text }) => text === again.text);
    return {
      message: `${name} is called twice with “${again.text}”, in lines ${first?.line} and ${again.line}.`,
      next: 'Make each of the three calls of the task once: display, set, display.',
      line: again.line,
    };
  }
  return undefined;
}

function setsFirst(source: Source): Told | undefined {
  const [display] = source.textArguments('displaySchoolValue');
  const [set] = source.textArguments('setNewSchool');
  if (!display || !set || display.line < set.line) return undefined;
  return {
    message:
      "setNewSchool is called before displaySchoolValue('Holberton'); the task displays first.",
    next: 'Make the calls in the order of the task: display, set, display.',
    line: set.line,
  };
}

/** A function that hands the value back, or does nothing with it, and calls none that could print it. */
function silentDisplay(source: Source): Told | undefined {
  const node = findFunction(source.nodes, 'displaySchoolValue');
  if (!node || !ts.isFunctionLike(node)) return undefined;
  const within = source.nodes.filter((one) => node.pos <= one.pos && one.end <= node.end);
  if (within.length === 0 || within.some(isPrint)) return undefined;
  const mayPrint = within.some(
    (one) =>
      (ts.isIdentifier(one) && /^(?:print|console|log)$/.test(one.text)) ||
      (ts.isCallExpression(one) && ts.isIdentifier(one.expression) && isOwnFunction(source, one)),
  );
  if (mayPrint) return undefined;
  return {
    message: 'displaySchoolValue prints nothing; the task has it log the value.',
    next: 'Log the value in the function: console.log(value).',
    line: source.lineOf(node),
  };
}

/** Whether it calls a function of the file's that is written out there, and may print. */
function isOwnFunction(source: Source, { expression }: ts.CallExpression): boolean {
  const node = findFunction(source.nodes, expression.getText());
  return node !== undefined && ts.isFunctionLike(node);
}

/** The key is set without a callback, so nothing confirms it. */
function unconfirmed(source: Source): Told | undefined {
  const call = clientCalls(source).find(
    (one) =>
      one.method.toLowerCase() === 'set' &&
      hasNoCallback(one) &&
      ts.isExpressionStatement(one.node.parent),
  );
  return (
    call && {
      message: `${call.client}.set() has no callback, so nothing prints what Redis answers.`,
      next: 'Hand redis.print to it as its last argument.',
      line: call.line,
    }
  );
}
