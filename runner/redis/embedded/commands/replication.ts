import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import { CommandError, notInteger, syntaxError, untilZero } from '../protocol/command-error';
import { isInteger, toInteger } from '../protocol/numbers';
import { array, bulk, EMPTY_ARRAY, integer, OK, type Reply, status } from '../protocol/reply';
import { command } from './command';

const START = 'admin noscript';
const COPY = 'admin noscript nomulti';

/** A master without replicas: what it answers about itself, and what it refuses. */
export const replication = [
  command('role', 1, 'noscript fast', () => array([bulk('master'), integer(0), EMPTY_ARRAY])),
  command('wait', 3, 'noscript', wait),
  command('replicaof', 3, START, follow),
  command('slaveof', 3, START, follow),
  command('sync', 1, COPY, refuseCopy),
  command('psync', -3, COPY, refuseCopy),
  command('replconf', -1, 'admin noscript', configure),
  command('failover', -1, 'admin noscript', failOver),
  command('migrate', -6, 'write', migrate),
];

/** Waits for replicas, of which there are none, until its time is over. */
function wait(
  session: Session,
  [replicas, time]: [string, string],
  engine: Engine,
): Reply | undefined {
  const ms = toInteger(
    time,
    () => new CommandError('ERR timeout is not an integer or out of range'),
  );
  const wanted = toInteger(replicas);
  if (ms < 0) throw new CommandError('ERR timeout is negative');
  if (wanted <= 0 || !session.mayBlock) return integer(0);
  engine.blocking.wait(session, { keys: [], take: () => undefined, nothing: integer(0) }, ms);
  return undefined;
}

function follow(_session: Session, [host, port]: [string, string]): Reply {
  if (host.toLowerCase() === 'no' && port.toLowerCase() === 'one') return OK;
  const unfit = () => new CommandError('ERR Invalid master port');
  const number = toInteger(port, unfit);
  if (number < 0 || number > 65535) throw unfit();
  throw new CommandError('ERR The embedded Redis cannot follow another server');
}

function refuseCopy(): never {
  throw new CommandError('ERR The embedded Redis sends no copies of itself to replicas');
}

/** What replicas say of themselves. */
const OPTIONS = ['listening-port', 'ip-address', 'capa', 'rdb-only', 'rdb-filter-only'];

function configure(_session: Session, words: string[]): Reply {
  if (words.length % 2 !== 0) throw syntaxError();
  for (let at = 0; at < words.length; at += 2) {
    const given = words[at] ?? '';
    const option = given.toLowerCase();
    // A replica's progress is answered by nothing.
    if (option === 'ack' || option === 'getack') return '';
    if (!OPTIONS.includes(option)) {
      throw new CommandError(`ERR Unrecognized REPLCONF option: ${untilZero(given)}`);
    }
  }
  return OK;
}

function failOver(_session: Session, words: string[]): Reply {
  if (words.length === 1 && words[0]?.toLowerCase() === 'abort') {
    throw new CommandError('ERR No failover in progress.');
  }
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]?.toLowerCase();
    if (word === 'timeout' && words[at + 1] !== undefined) {
      const ms = toInteger(words[at + 1] ?? '');
      if (ms <= 0) throw new CommandError('ERR FAILOVER timeout must be greater than 0');
      at += 1;
    } else if (word === 'to' && words[at + 2] !== undefined) {
      toInteger(words[at + 2] ?? '');
      at += 2;
    } else if (word !== 'force') throw syntaxError();
  }
  throw new CommandError('ERR FAILOVER requires connected replicas.');
}

/** Keys go to no other server: the words are checked, and where no key is there nothing is to be done. */
function migrate({ db }: Session, words: string[]): Reply {
  const [, , key = '', database = '', timeout = ''] = words;
  let keys = [key];
  for (let at = 5; at < words.length; at += 1) {
    const word = words[at]?.toLowerCase();
    const left = words.length - 1 - at;
    if (word === 'auth' && left >= 1) at += 1;
    else if (word === 'auth2' && left >= 2) at += 2;
    else if (word === 'keys') {
      if (key !== '') {
        throw new CommandError(
          'ERR When using MIGRATE KEYS option, the key argument must be set to the empty string',
        );
      }
      keys = words.slice(at + 1);
      break;
    } else if (word !== 'copy' && word !== 'replace') throw syntaxError();
  }
  if (!isInteger(timeout) || !isInteger(database)) throw notInteger();
  if (!keys.some((name) => db.has(name))) return status('NOKEY');
  throw new CommandError('ERR The embedded Redis moves no keys to other servers');
}
