import type { Engine } from '../engine/engine';
import { info } from '../engine/info/info';
import type { Session } from '../engine/session';
import { CommandError, syntaxError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { bulks, integer, OK, type Reply, status } from '../protocol/reply';
import { VERSION } from '../protocol/version';
import { command } from './command';
import { notAllowed } from './not-allowed';
import { busyWith } from './script-run';
import { toDatabase } from './select';

/** Looking after the server: its data as a whole, its clock, its end. */
export const administration = [
  command('info', -1, '', ({ resp }, sections: string[], engine) =>
    resp.verbatim(info(engine, sections)),
  ),
  command('dbsize', 1, 'readonly fast', ({ db }) => integer(db.size)),
  command('flushdb', -1, 'write', ({ db, host }, words: string[]) => {
    flushOption(words);
    db.clear();
    host.tracking.flushed();
    return OK;
  }),
  command('flushall', -1, 'write', (_session, words: string[], engine) => {
    flushOption(words);
    for (const database of engine.databases()) database.clear();
    engine.tracking.flushed();
    return OK;
  }),
  command('swapdb', 3, 'write fast', swap),
  command('time', 1, 'fast', () => {
    const now = Date.now();
    return bulks([String(Math.floor(now / 1000)), String((now % 1000) * 1000)]);
  }),
  command('save', 1, 'admin noscript nomulti', (_session, _words, engine) => {
    engine.save();
    return OK;
  }),
  command('bgsave', -1, 'admin noscript', (_session, words: string[], engine) => {
    if (words.length > 1 || (words[0] !== undefined && words[0].toLowerCase() !== 'schedule')) {
      throw syntaxError();
    }
    engine.save();
    return status('Background saving started');
  }),
  command('lastsave', 1, 'fast', (_session, _words, engine) =>
    integer(Math.floor(engine.persistence.savedAt / 1000)),
  ),
  command('shutdown', -1, 'admin noscript nomulti', shutdown),
  command('bgrewriteaof', 1, 'admin noscript', () => {
    throw new CommandError('ERR The embedded Redis keeps no append-only file');
  }),
  command('debug', -2, 'admin noscript', () => {
    throw notAllowed('DEBUG', 'enable-debug-command');
  }),
  command('lolwut', -1, 'readonly fast', ({ resp }, words: string[]) => {
    if (words[0]?.toLowerCase() === 'version' && words[1] !== undefined) toInteger(words[1]);
    return resp.verbatim(`Redis ver. ${VERSION}\n`);
  }),
  command('monitor', 1, 'admin noscript', (session) => {
    // Inside MULTI its lines would come into the middle of EXEC's reply.
    if (!session.mayBlock) {
      throw new CommandError("ERR MONITOR isn't allowed for DENY BLOCKING client");
    }
    session.monitoring = true;
    session.host.monitors.add(session);
    return OK;
  }),
];

/** Every key of one database against every key of the other. */
function swap({ host }: Session, [one, other]: [string, string]): Reply {
  const unfit = (place: string) => () => new CommandError(`ERR invalid ${place} DB index`);
  // Both are read before either is looked up, so a second that is no number is the first error.
  toInteger(one, unfit('first'));
  toInteger(other, unfit('second'));
  const [left, right] = [toDatabase(one), toDatabase(other)];
  if (left !== right) host.swap(left, right);
  return OK;
}

function flushOption(words: readonly string[]): void {
  const word = words[0]?.toLowerCase();
  if (words.length > 1 || (word !== undefined && word !== 'async' && word !== 'sync'))
    throw syntaxError();
}

/** Saves where there is a file to save to, unless NOSAVE is given; then every connection ends. */
function shutdown(_session: Session, words: string[], engine: Engine): undefined {
  const options = new Set(words.map((word) => word.toLowerCase()));
  for (const option of options) {
    if (!['save', 'nosave', 'now', 'force', 'abort'].includes(option)) throw syntaxError();
  }
  if (options.has('save') && options.has('nosave')) throw syntaxError();
  if (options.has('abort') && options.size > 1) throw syntaxError();
  if (options.has('abort')) throw new CommandError('ERR No shutdown in progress.');
  if (engine.busy.run && !options.has('nosave')) throw busyWith(engine.busy.run.kind);
  if (!options.has('nosave')) engine.save();
  engine.stop();
  return undefined;
}
