import { clientLine } from '../engine/client-line';
import type { Session } from '../engine/session';
import { CommandError, syntaxError } from '../protocol/command-error';
import { OK } from '../protocol/reply';
import { command } from './command';

const FLAGS = 'noscript fast';

/** AUTH. */
export const authentication = command(
  'auth',
  -2,
  FLAGS,
  (session, words: string[], _engine, typed) => {
    if (words.length > 2) throw syntaxError();
    const [first = '', second] = words;
    const { user } = session.host;
    if (second !== undefined) authenticate(session, first, second, typed);
    else if (!user.nopass) authenticate(session, 'default', first, typed);
    else {
      throw new CommandError(
        'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
      );
    }
    return OK;
  },
);

/**
 * Lets the client in.
 * @param typed the command's name, as it was typed
 * @throws CommandError where it may not; who was in before stays so
 */
export function authenticate(
  session: Session,
  name: string,
  password: string,
  typed: string,
): void {
  if (!session.host.user.accepts(name, password)) {
    const context = session.transaction ? 'multi' : 'toplevel';
    session.host.accessLog.refused(name, typed, context, clientLine(session));
    throw new CommandError('WRONGPASS invalid username-password pair or user is disabled.');
  }
  session.authenticated = true;
}
