import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import type { SlowEntry } from '../engine/statistics/slow-log';
import { CommandError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { array, bulk, bulks, integer, OK, type Reply } from '../protocol/reply';
import { command, family } from './command';
import { wrongSubcommand } from './wrong-subcommand';

const FLAGS = 'admin';

/** SLOWLOG: the commands that took long. */
export const slowlog = family('slowlog', [
  command('slowlog|get', -2, FLAGS, get),
  command('slowlog|len', 2, FLAGS, (_session, _words, { slowLog }) =>
    integer(slowLog.entries.length),
  ),
  command('slowlog|reset', 2, FLAGS, (_session, _words, { slowLog }) => {
    slowLog.clear();
    return OK;
  }),
]);

function get(
  _session: Session,
  [given, ...rest]: string[],
  { slowLog }: Engine,
  typed: string,
): Reply {
  if (rest.length > 0) throw wrongSubcommand('slowlog', typed);
  const unfit = () => new CommandError('ERR count should be greater than or equal to -1');
  const count = given === undefined ? 10 : toInteger(given, unfit);
  if (count < -1) throw unfit();
  return array((count === -1 ? slowLog.entries : slowLog.entries.slice(0, count)).map(show));
}

function show({ id, at, us, args, address, name }: SlowEntry): Reply {
  const seconds = Math.floor(at / 1000);
  return array([
    ...[integer(id), integer(seconds), integer(us), bulks(args)],
    ...[bulk(address), bulk(name)],
  ]);
}
