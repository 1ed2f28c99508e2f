import { clientLine, kindOf } from '../engine/client-line';
import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import { CommandError, syntaxError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { integer, OK, type Reply } from '../protocol/reply';
import { kill } from './client-kill';
import { toKind } from './client-kind';
import { toClientName } from './client-name';
import { command, family } from './command';
import { tracking } from './tracking';
import { wrongSubcommand } from './wrong-subcommand';

const OPEN = 'noscript';
const ADMIN = 'admin noscript';

/** CLIENT: the connections, this one's name, ending others, holding them up. */
export const client = family('client', [
  command('client|id', 2, OPEN, ({ id }) => integer(id)),
  command('client|getname', 2, OPEN, ({ name, resp }) => resp.bulkOrNil(name || undefined)),
  command('client|setname', 3, OPEN, (session, [name]: [string]) => {
    session.name = toClientName(name);
    return OK;
  }),
  command('client|info', 2, OPEN, (session) => session.resp.verbatim(`${clientLine(session)}\n`)),
  command('client|list', -2, ADMIN, list),
  command('client|kill', -3, ADMIN, kill),
  command('client|no-evict', 3, ADMIN, (session, [word]: [string]) => {
    if (!/^(on|off)$/i.test(word)) throw syntaxError();
    session.stays = word.toLowerCase() === 'on';
    return OK;
  }),
  command('client|pause', -3, ADMIN, pause),
  command('client|reply', 3, OPEN, reply),
  command('client|unblock', -3, ADMIN, unblock),
  command('client|unpause', 2, ADMIN, (_session, _words, engine) => {
    engine.pause.end();
    return OK;
  }),
  ...tracking,
]);

function list({ resp }: Session, words: string[], engine: Engine): Reply {
  const [option, ...values] = words;
  let chosen = [...engine.sessions.values()];
  if (option?.toLowerCase() === 'id' && values.length > 0) {
    const unfit = () => new CommandError('ERR Invalid client ID');
    const wanted = new Set(values.map((id) => toInteger(id, unfit)));
    chosen = chosen.filter(({ id }) => wanted.has(id));
  } else if (option?.toLowerCase() === 'type' && values.length === 1) {
    const kind = toKind(values[0] ?? '');
    chosen = chosen.filter((session) => kindOf(session) === kind);
  } else if (option !== undefined) throw syntaxError();
  return resp.verbatim(chosen.map((session) => `${clientLine(session)}\n`).join(''));
}

function pause(_session: Session, words: string[], engine: Engine, typed: string): Reply {
  if (words.length > 2) throw wrongSubcommand('client', typed);
  const [time = '', mode = 'all'] = words;
  const kind = mode.toLowerCase();
  if (kind !== 'write' && kind !== 'all') {
    throw new CommandError('ERR CLIENT PAUSE mode must be WRITE or ALL');
  }
  const ms = toInteger(
    time,
    () => new CommandError('ERR timeout is not an integer or out of range'),
  );
  if (ms < 0) throw new CommandError('ERR timeout is negative');
  engine.pause.begin(kind, ms);
  return OK;
}

function reply(session: Session, [mode]: string[]): Reply {
  switch (mode?.toLowerCase()) {
    case 'on':
      session.replies = 'on';
      return OK;
    case 'off':
      session.replies = 'off';
      return '';
    case 'skip':
      if (session.replies !== 'off') session.replies = 'next';
      return '';
    default:
      throw syntaxError();
  }
}

function unblock(_session: Session, words: string[], engine: Engine, typed: string): Reply {
  if (words.length > 2) throw wrongSubcommand('client', typed);
  const [given = '', how = 'timeout'] = words;
  const reason = how.toLowerCase();
  if (reason !== 'timeout' && reason !== 'error') {
    throw new CommandError('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR');
  }
  const other = engine.sessions.get(toInteger(given));
  if (!other?.blocked) return integer(0);
  other.blocked.unblock(reason === 'error');
  return integer(1);
}
