import { type Kind, toBytes } from './kind';
import { SettingFault } from './setting-fault';

const EVENTS = 'g$lshzxetdn';
/** What `A` stands for: neither the misses (`m`) nor new keys (`n`). */
const ALL_EVENTS = 'g$lshzxetd';

/** Classes of events, in Redis's order; `A` stands for ten of them. */
export const events: Kind = (text) => {
  if (/[^Ag$lshzxeKEtmdn]/.test(text)) {
    throw new SettingFault("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
  }
  const given = new Set(text.replaceAll('A', ALL_EVENTS));
  const classes = Array.from(ALL_EVENTS).every((event) => given.has(event)) ? 'An' : EVENTS;
  return Array.from(`${classes}KEm`, (event) =>
    event === 'A' || given.has(event) ? event : '',
  ).join('');
};

/** How CONFIG GET shows them: an `A` hides the `n` beside it. */
export function shownEvents(classes: string): string {
  return classes.replace(/^An/, 'A');
}

/** Pairs of seconds and changes, as in `3600 1 300 100`. */
export const savePoints: Kind = (text) => {
  if (text === '') return '';
  const numbers = text.split(' ');
  const fits = numbers.every(
    (number, at) => /^\d+$/.test(number) && Number(number) >= 1 - (at % 2),
  );
  if (fits && numbers.length % 2 === 0) return numbers.map(Number).join(' ');
  throw new SettingFault('Invalid save parameters');
};

/** Numbers from 0 to 100. */
export const percentiles: Kind = (text) => {
  if (text === '') return '';
  const numbers = text.split(' ');
  for (const number of numbers) {
    if (number.trim() === '' || Number.isNaN(Number(number))) {
      throw new SettingFault('Invalid latency-tracking-info-percentiles parameters');
    }
    if (Number(number) < 0 || Number(number) > 100) {
      throw new SettingFault(
        'latency-tracking-info-percentiles parameters should sit between [0.0,100.0]',
      );
    }
  }
  return numbers.map(Number).join(' ');
};

const CLASSES = ['normal', 'slave', 'pubsub'];

/**
 * Limits of what a client may leave unread: of some classes of clients the hard limit, the soft one,
 * and the seconds that it may stay beyond the soft one.
 * @param before the limits of all classes, of which those that are not given stay
 */
export function bufferLimits(text: string, before: string): string {
  const words = text === '' ? [] : text.split(' ');
  if (words.length % 4 !== 0) {
    throw new SettingFault('Wrong number of arguments in buffer limit configuration.');
  }
  const limits = new Map<string, string>();
  const old = before.split(' ');
  for (const [at, name] of CLASSES.entries())
    limits.set(name, old.slice(at * 4 + 1, at * 4 + 4).join(' '));
  for (let at = 0; at < words.length; at += 4) {
    const name = (words[at] ?? '').toLowerCase().replace(/^replica$/, 'slave');
    if (!limits.has(name)) {
      throw new SettingFault('Invalid client class specified in buffer limit configuration.');
    }
    const [hard, soft] = [toBytes(words[at + 1] ?? ''), toBytes(words[at + 2] ?? '')];
    const seconds = words[at + 3] ?? '';
    if (hard === undefined || soft === undefined || !/^\d+$/.test(seconds)) {
      throw new SettingFault(
        'Error in hard, soft or soft_seconds setting in buffer limit configuration.',
      );
    }
    limits.set(name, `${hard} ${soft} ${Number(seconds)}`);
  }
  return Array.from(limits, ([name, limit]) => `${name} ${limit}`).join(' ');
}
