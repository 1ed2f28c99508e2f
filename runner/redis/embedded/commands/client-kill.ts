import { kindOf } from '../engine/client-line';
import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import { CommandError, syntaxError, untilZero } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { integer, OK, type Reply } from '../protocol/reply';
import { toKind } from './client-kind';

/** CLIENT KILL, by an address alone or by filters that must all fit. */
export function kill(session: Session, words: string[], engine: Engine): Reply | undefined {
  const others = [...engine.sessions.values()];
  const [address] = words;
  if (words.length === 1) {
    const found = others.find(({ outlet }) => outlet.address === address);
    if (!found) throw new CommandError('ERR No such client');
    return end(session, [found], OK);
  }
  const { filters, skipsSelf } = parse(words);
  const chosen = others.filter(
    (other) => !(skipsSelf && other === session) && filters.every((fits) => fits(other)),
  );
  return end(session, chosen, integer(chosen.length));
}

function parse(words: readonly string[]) {
  const filters: ((other: Session) => boolean)[] = [];
  let skipsSelf = true;
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1];
    const word = (words[at] ?? '').toLowerCase();
    if (value === undefined) throw syntaxError();
    if (word === 'skipme') skipsSelf = toSkip(value);
    else filters.push(toFilter(word, value));
  }
  return { filters, skipsSelf };
}

function toFilter(word: string, value: string): (other: Session) => boolean {
  switch (word) {
    case 'id': {
      const unfit = () => new CommandError('ERR client-id should be greater than 0');
      const id = toInteger(value, unfit);
      if (id < 1) throw unfit();
      return (other) => other.id === id;
    }
    case 'addr':
      return ({ outlet }) => outlet.address === value;
    case 'laddr':
      return ({ outlet }) => outlet.localAddress === value;
    case 'type': {
      const kind = toKind(value);
      return (other) => kindOf(other) === kind;
    }
    case 'user':
      if (value !== 'default') throw new CommandError(`ERR No such user '${untilZero(value)}'`);
      return ({ isStranger }) => !isStranger;
    default:
      throw syntaxError();
  }
}

function toSkip(value: string): boolean {
  const word = value.toLowerCase();
  if (word !== 'yes' && word !== 'no') throw syntaxError();
  return word === 'yes';
}

/** A client that ends itself still gets its reply. */
function end(session: Session, chosen: readonly Session[], reply: Reply): Reply | undefined {
  for (const other of chosen) if (other !== session) other.outlet.kill();
  if (!chosen.includes(session)) return reply;
  session.outlet.write(reply);
  session.outlet.end();
  return undefined;
}
