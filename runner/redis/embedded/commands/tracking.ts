import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import type { Tracked, TrackingOptions } from '../engine/tracking';
import { CommandError, syntaxError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { bulk, bulks, integer, OK, type Reply } from '../protocol/reply';
import { command } from './command';

/** CLIENT TRACKING, for clients that keep copies of what they read, and what belongs to it. */
export const tracking = [
  command('client|tracking', -3, 'noscript', track),
  command('client|caching', 3, 'noscript', caching),
  command('client|getredir', 2, 'noscript', ({ tracking: own }) => integer(own?.redirect ?? -1)),
  command('client|trackinginfo', 2, 'noscript', ({ resp, tracking: own }) =>
    resp.map([
      [bulk('flags'), resp.set(bulks(own ? flagsOf(own) : ['off']))],
      [bulk('redirect'), integer(own?.redirect ?? -1)],
      [bulk('prefixes'), bulks(own?.prefixes ?? [])],
    ]),
  ),
];

function flagsOf({ mode, caching, noloop, broken }: Tracked): string[] {
  const flags = ['on'];
  if (mode !== 'read') flags.push(mode);
  if (caching) flags.push(mode === 'optin' ? 'caching-yes' : 'caching-no');
  if (noloop) flags.push('noloop');
  if (broken) flags.push('broken_redirect');
  return flags;
}

function track(session: Session, [word, ...words]: [string, ...string[]], engine: Engine): Reply {
  const { options, bcast, optin, optout } = parse(words, engine);
  const wanted = word.toLowerCase();
  if (wanted === 'off') {
    engine.tracking.stop(session);
    return OK;
  }
  if (wanted !== 'on') throw syntaxError();
  const before = session.tracking;
  if (!bcast && options.prefixes.length > 0) {
    throw new CommandError('ERR PREFIX option requires BCAST mode to be enabled');
  }
  if (before && (before.mode === 'bcast') !== bcast) throw cannotSwitch('BCAST mode on/off');
  if (bcast && (optin || optout)) {
    throw new CommandError('ERR OPTIN and OPTOUT are not compatible with BCAST');
  }
  if (optin && optout) {
    throw new CommandError("ERR You can't specify both OPTIN mode and OPTOUT mode");
  }
  if ((optin && before?.mode === 'optout') || (optout && before?.mode === 'optin')) {
    throw cannotSwitch('OPTIN/OPTOUT mode');
  }
  const prefixes = bcast ? withPrefixes(before?.prefixes ?? [], options.prefixes) : [];
  const mode = bcast ? 'bcast' : optin ? 'optin' : optout ? 'optout' : 'read';
  engine.tracking.start(session, { ...options, mode, prefixes });
  return OK;
}

function parse(words: readonly string[], engine: Engine) {
  const options: Omit<TrackingOptions, 'mode'> & { prefixes: string[] } = {
    noloop: false,
    redirect: 0,
    prefixes: [],
  };
  const modes = { bcast: false, optin: false, optout: false };
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    const value = words[at + 1];
    if (word === 'redirect' && value !== undefined) {
      if (options.redirect !== 0) {
        throw new CommandError('ERR A client can only redirect to a single other client');
      }
      options.redirect = toInteger(value);
      if (!engine.sessions.has(options.redirect)) {
        throw new CommandError('ERR The client ID you want redirect to does not exist');
      }
      at += 1;
    } else if (word === 'prefix' && value !== undefined) {
      options.prefixes.push(value);
      at += 1;
    } else if (word === 'noloop') options.noloop = true;
    else if (word === 'bcast' || word === 'optin' || word === 'optout') modes[word] = true;
    else throw syntaxError();
  }
  return { options, ...modes };
}

/** The prefixes that a client has and gets, in order. @throws CommandError where one begins with another */
function withPrefixes(before: readonly string[], added: readonly string[]): string[] {
  for (const [at, prefix] of added.entries()) {
    const existing = before.find((other) => overlap(prefix, other));
    if (existing !== undefined) throw overlaps(prefix, 'an existing', existing);
    const other = added.slice(at + 1).find((one) => overlap(prefix, one));
    if (other !== undefined) throw overlaps(prefix, 'another provided', other);
  }
  return added.length === 0 && before.length === 0 ? [''] : [...before, ...added].sort();
}

function overlap(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

function overlaps(prefix: string, which: string, other: string): CommandError {
  return new CommandError(
    `ERR Prefix '${prefix}' overlaps with ${which} prefix '${other}'. Prefixes for a single client must not overlap.`,
  );
}

function cannotSwitch(what: string): CommandError {
  return new CommandError(
    `ERR You can't switch ${what} before disabling tracking for this client, and then re-enabling it with a different mode.`,
  );
}

/** Makes the next command the exception to the client's mode. */
function caching({ tracking: own }: Session, [word]: [string]): Reply {
  if (!own) {
    throw new CommandError(
      'ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled',
    );
  }
  const mode = { yes: 'optin', no: 'optout' }[word.toLowerCase()];
  if (mode === undefined) throw syntaxError();
  if (own.mode !== mode) {
    throw new CommandError(
      `ERR CLIENT CACHING ${word.toUpperCase()} is only valid when tracking is enabled in ${mode.toUpperCase()} mode.`,
    );
  }
  own.caching = true;
  return OK;
}
