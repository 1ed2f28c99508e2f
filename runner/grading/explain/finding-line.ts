import { splitCommandLine } from '../../redis/protocol/command-line';
import { readJson } from '../json';
import {
  naming,
  namings,
  onlyText,
  printing,
  routing,
  saying,
  sending,
  throwing,
} from '../source/locate';
import type { Source } from '../source/requirements';
import type { FailureClass, Finding } from '../verdict';
import { tellsError } from './printed-error';

/**
 * The line of the learner's file that a finding is about, as far as its texts and the syntax tree
 * tell: what printed the wrong line, sent the wrong command, gave the wrong answer.
 * @returns from 1; nothing where it is not clear
 */
export function placeOf(source: Source, finding: Finding): number | undefined {
  const clue = clues.find(({ says }) => says.test(finding.message));
  if (clue?.only && clue.calls.reduce((sum, name) => sum + source.countCalls(name), 0) > 1) return;
  if (clue) return source.lineOfCall(...clue.calls);
  return rules[finding.class]?.(source, finding);
}

type Rule = (source: Source, finding: Finding) => number | undefined;

const rules: Partial<Record<FailureClass, Rule>> = {
  'wrong-output': wrongOutput,
  'wrong-command': wrongCommand,
  'wrong-data': wrongData,
  'wrong-answer': wrongAnswer,
  'time-out': (source, { message }) => routeIn(source, message),
  'wrong-port': (source) => source.lineOfCall('listen'),
  'redis-unreachable': (source) => source.lineOfCall('createClient'),
  'missing-export': named,
  'did-not-exit': (source, { message }) =>
    message.includes('KILL_SERVER') ? saying(source, 'KILL_SERVER') : undefined,
  crash: (source, { message }) => (/\bthrown\b/.test(message) ? throwing(source) : undefined),
};

/** What a message says, and the calls that it is about, the likeliest first; or the only one there is. */
const clues: { says: RegExp; calls: string[]; only?: boolean }[] = [
  { says: /redis\.print is called/, calls: ['print'] },
  { says: /redis\.print cannot show an object/, calls: ['hgetall'] },
  { says: /what client\.get\(\) returns/, calls: ['get'] },
  { says: /client is closed before|quits without/, calls: ['quit', 'end'] },
  { says: /connection that had been closed/, calls: ['quit', 'end', 'QUIT'], only: true },
  { says: /no longer knows its client/, calls: ['promisify'] },
  { says: /nothing listens for “error” any more/, calls: ['once'] },
  { says: /ends by it: a promise is rejected/, calls: ['reject', 'once'] },
  { says: /too close together/, calls: ['setTimeout', 'publish'] },
  { says: /ends as soon as/, calls: ['exit'] },
  { says: /\bdone(\(\))? is not called/, calls: ['process'] },
  { says: /\bdone(\(\))? is called/, calls: ['done'] },
  { says: /holds no job at all/, calls: ['create', 'createJob'] },
  { says: /complete before \/process|were only \d+ seats/, calls: ['process'] },
  { says: /timer is still running/, calls: ['setInterval', 'setTimeout'] },
];

function wrongOutput(source: Source, finding: Finding): number | undefined {
  const quotes = quotedIn(finding.message);
  const [first = ''] = quotes;
  // What should print it, where the file has it.
  if (/missing|does not print|is not printed|lacks/.test(finding.message)) {
    return saying(source, first);
  }
  const [, name] = /"([^"]+)"” fails/.exec(finding.message) ?? [];
  if (name !== undefined) return naming(source, name);
  if (/too often/.test(finding.message)) return printing(source, first, 'last');
  // The text of an error, printed by nobody.
  if (/\bthrows\b|\bfails with\b/.test(finding.message)) return thrown(source, first);
  // The text itself may be wrong, wherever it is handed on from.
  const [, meant] = /^Expected “.*”, but the program printed “(.*)”/s.exec(finding.message) ?? [];
  const typed = meant === undefined ? undefined : onlyText(source, meant);
  if (typed !== undefined) return typed;
  const early = /comes before/.test(finding.message) ? first : undefined;
  const wrong = surplusLine(finding) ?? early ?? quotes.at(-1);
  // What prints an error is not what is wrong.
  if (wrong !== undefined && tellsError(wrong)) return undefined;
  return wrong === undefined ? undefined : printing(source, wrong);
}

function thrown(source: Source, text: string): number | undefined {
  const [, method] = /\.(\w+) is not a function$/.exec(text) ?? [];
  return method === undefined ? naming(source, text) : source.lineOfCall(method);
}

/** The first seen line that is none of the expected. */
function surplusLine({ expected, seen }: Finding): string | undefined {
  const wanted = new Set(expected?.split('\n'));
  return seen?.split('\n').find((line) => line.trim() !== '' && !wanted.has(line));
}

function wrongCommand(source: Source, { message }: Finding): number | undefined {
  const [wanted, got] = quotedIn(message).map(wordsOf);
  const wrong = got && sending(source, got);
  return wrong ?? (wanted && sending(source, wanted));
}

function wrongData(source: Source, finding: Finding): number | undefined {
  const { message } = finding;
  const [, type] = /there is one of the type “(.*?)”/.exec(message) ?? [];
  if (type !== undefined) return naming(source, type);
  const [, number] = /\bfor (\d{5,})\b/.exec(message) ?? [];
  if (number !== undefined) return naming(source, number);
  const command = quotedIn(message).map(wordsOf).find(isCommand);
  return (command && sending(source, command)) ?? named(source, finding);
}

/** Of the quoted names that the file has, the one that stands there least often. */
function named(source: Source, { message }: Finding): number | undefined {
  const places = quotedIn(message)
    .map((text) => namings(source, text))
    .filter(({ length }) => length > 0)
    .sort((one, other) => one.length - other.length);
  return places[0]?.[0];
}

/** Within an answer, the text or the name that does not belong there; the route otherwise. */
function wrongAnswer(source: Source, { message, expected, seen = '' }: Finding) {
  const [wanted, given] = [readJson(expected ?? ''), readJson(seen)];
  const asked = new Set(wordsIn(wanted));
  const strange =
    given === undefined ? [seen] : wordsIn(wanted && given).filter((word) => !asked.has(word));
  for (const text of strange) {
    const line = naming(source, text);
    if (line !== undefined) return line;
  }
  return routeIn(source, message);
}

function routeIn(source: Source, message: string): number | undefined {
  const [, path] = /\b(?:GET|POST) (\/\S*?)(?=[.,:]?(?:\s|$))/.exec(message) ?? [];
  return path === undefined ? undefined : routing(source, path);
}

/** Every name and text in a JSON value. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...names, ...Object.values(value).flatMap(wordsIn)];
}

/** What stands in quotation marks in a message, in its order; without what was cut off. */
function quotedIn(message: string): string[] {
  return [...message.matchAll(/“(.*?)”/gs)].map(([, text = '']) => text.replace(/\s*…$/, ''));
}

function isCommand([name = '', ...words]: readonly string[]): boolean {
  return /^[A-Z]{3,}$/.test(name) && words.length > 0;
}

/** A quoted command as its words; as one word where it is none. */
function wordsOf(text: string): string[] {
  try {
    return splitCommandLine(text).map(String);
  } catch {
    return [text];
  }
}
