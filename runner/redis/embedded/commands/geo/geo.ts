import type { Session } from '../../engine/session';
import { syntaxError } from '../../protocol/command-error';
import { array, bulk, type Reply } from '../../protocol/reply';
import { type Command, command } from '../command';
import { addTo } from '../data-types/sorted-sets';
import { distance, toUnit } from './distance';
import { lettersOf, scoreOf } from './geohash';
import { placeOfMember, toPlace } from './place';
import { answerSearch, distanceReply, placeReply } from './search';
import { centerAt, type Form, readSearch, toCircle } from './search-options';

type Words = [key: string, ...words: string[]];

/** Places, kept in sorted sets with a geohash for a score. */
export const geo: Command[] = [
  command('geoadd', -5, 'write', add),
  command('geodist', -4, 'readonly', between),
  command('geohash', -2, 'readonly', ({ db, resp }, [key, ...members]: Words) => {
    const zset = db.zset(key);
    return array(
      members.map((member) => {
        const score = zset?.score(member);
        return score === undefined ? resp.nil : bulk(lettersOf(score));
      }),
    );
  }),
  command('geopos', -2, 'readonly', ({ db, resp }, [key, ...members]: Words) => {
    const zset = db.zset(key);
    return array(
      members.map((member) => {
        const place = placeOfMember(zset, member);
        return place ? placeReply(resp, place) : resp.nilArray;
      }),
    );
  }),
  // Those with STORE write, so each has another that only reads.
  radius('georadius', -6, true),
  radius('georadius_ro', -6, false),
  radiusByMember('georadiusbymember', -5, true),
  radiusByMember('georadiusbymember_ro', -5, false),
  command('geosearch', -7, 'readonly', (session, [key, ...words]: Words, _, name) => {
    const zset = session.db.zset(key);
    return answerSearch(session, zset, readSearch(zset, words, { worded: name }));
  }),
  command('geosearchstore', -8, 'write', (session, args: string[], _, name) => {
    const [target, key = '', ...words] = args;
    const zset = session.db.zset(key);
    const form = { worded: name, target };
    return answerSearch(session, zset, readSearch(zset, words, form));
  }),
];

function add(session: Session, [key, ...words]: Words): Reply {
  const options: string[] = [];
  while (/^(nx|xx|ch)$/i.test(words[0] ?? '')) options.push((words.shift() ?? '').toLowerCase());
  if (words.length % 3 !== 0 || (options.includes('nx') && options.includes('xx'))) {
    throw syntaxError();
  }
  const pairs = [];
  for (let at = 0; at < words.length; at += 3) {
    const place = toPlace(words[at] ?? '', words[at + 1] ?? '');
    pairs.push({ score: scoreOf(place), member: words[at + 2] ?? '' });
  }
  return addTo(session, key, pairs, new Set(options));
}

function between({ db, resp }: Session, [key, from, to, unit, ...more]: Words): Reply {
  if (more.length > 0) throw syntaxError();
  const meters = unit === undefined ? 1 : toUnit(unit);
  const zset = db.zset(key);
  const [start, end] = [placeOfMember(zset, from ?? ''), placeOfMember(zset, to ?? '')];
  return start && end ? distanceReply(distance(start, end) / meters) : resp.nil;
}

function radius(name: string, arity: number, stores: boolean): Command {
  return searching(name, arity, stores, (session, args, form) => {
    const [key = '', longitude = '', latitude = '', far = '', unit = '', ...words] = args;
    const zset = session.db.zset(key);
    const center = toPlace(longitude, latitude);
    const reach = { center, ...toCircle(far, unit) };
    return answerSearch(session, zset, readSearch(zset, words, form, reach));
  });
}

function radiusByMember(name: string, arity: number, stores: boolean): Command {
  return searching(name, arity, stores, (session, args, form) => {
    const [key = '', member = '', far = '', unit = '', ...words] = args;
    const zset = session.db.zset(key);
    // Where there is no key, nothing of the circle is looked at.
    const reach = zset ? { center: centerAt(zset, member), ...toCircle(far, unit) } : {};
    return answerSearch(session, zset, readSearch(zset, words, form, reach));
  });
}

function searching(
  name: string,
  arity: number,
  stores: boolean,
  run: (session: Session, args: readonly string[], form: Form) => Reply,
): Command {
  return command(name, arity, stores ? 'write' : 'readonly', (session, args) =>
    run(session, args, { stores }),
  );
}
