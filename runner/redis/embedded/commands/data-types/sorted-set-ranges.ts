import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { EMPTY_ARRAY, integer, type Reply } from '../../protocol/reply';
import { type Scored, SortedSet } from '../../store/sorted-set';
import { command } from '../command';
import {
  checkBounds,
  type Span,
  spanByLex,
  spanByRank,
  spanByScore,
  take,
} from './sorted-set-span';
import { scoredReply } from './sorted-sets';

type Range = [key: string, first: string, last: string, ...words: string[]];
type By = 'rank' | 'score' | 'lex';

const removing = {
  rank: 'zremrangebyrank',
  score: 'zremrangebyscore',
  lex: 'zremrangebylex',
} as const;

const spans = { rank: spanByRank, score: spanByScore, lex: spanByLex };

/** Reading, counting and removing a stretch of a sorted set. */
export const sortedSetRanges = [
  command('zrange', -4, 'readonly', (session, args: Range) =>
    read(session, args, anyOptions(args.slice(3), true)),
  ),
  command('zrevrange', -4, 'readonly', (session, args: Range) =>
    read(session, args, { ...fixedOptions(args.slice(3), 'rank'), backwards: true }),
  ),
  command('zrangebyscore', -4, 'readonly', (session, args: Range) =>
    read(session, args, fixedOptions(args.slice(3), 'score')),
  ),
  command('zrevrangebyscore', -4, 'readonly', (session, args: Range) =>
    read(session, args, { ...fixedOptions(args.slice(3), 'score'), backwards: true }),
  ),
  command('zrangebylex', -4, 'readonly', (session, args: Range) =>
    read(session, args, fixedOptions(args.slice(3), 'lex')),
  ),
  command('zrevrangebylex', -4, 'readonly', (session, args: Range) =>
    read(session, args, { ...fixedOptions(args.slice(3), 'lex'), backwards: true }),
  ),
  command('zrangestore', -5, 'write', ({ db }, [target, ...args]: string[]) => {
    const [key = '', first = '', last = '', ...words] = args;
    const entries = entriesOf(db, [key, first, last], anyOptions(words, false));
    const name = target ?? '';
    if (entries.length === 0) db.remove(name);
    else db.replace(name, { type: 'zset', sorted: new SortedSet(entries) }, 'zrangestore');
    return integer(entries.length);
  }),
  command('zcount', 4, 'readonly fast', (session, args: Range) => count(session, args, 'score')),
  command('zlexcount', 4, 'readonly fast', (session, args: Range) => count(session, args, 'lex')),
  command('zremrangebyrank', 4, 'write', (session, args: Range) => remove(session, args, 'rank')),
  command('zremrangebyscore', 4, 'write', (session, args: Range) => remove(session, args, 'score')),
  command('zremrangebylex', 4, 'write', (session, args: Range) => remove(session, args, 'lex')),
];

interface Options {
  by: By;
  backwards: boolean;
  withScores: boolean;
  offset: number;
  count: number;
}

function read({ db, resp }: Session, args: Range, options: Options): Reply {
  const entries = entriesOf(db, args, options);
  return entries.length === 0 ? EMPTY_ARRAY : scoredReply(resp, entries, options.withScores);
}

/** Backwards, a range by score or bytes is given from its upper end. */
function entriesOf(
  db: Session['db'],
  [key, first, last]: readonly [string, string, string, ...string[]],
  { by, backwards, offset, count: most }: Options,
): Scored[] {
  const [low, high] = backwards && by !== 'rank' ? [last, first] : [first, last];
  checkBounds(by, low, high);
  const zset = db.zset(key);
  if (!zset) return [];
  const span = spans[by](zset, low, high);
  return take(
    zset,
    backwards && by === 'rank' ? mirrored(span, zset.size) : span,
    backwards,
    by === 'rank' ? 0 : offset,
    most,
  );
}

function mirrored({ start, end }: Span, size: number): Span {
  return { start: Math.max(0, size - end), end: Math.max(0, size - start) };
}

function count({ db }: Session, [key, first, last]: Range, by: By): Reply {
  checkBounds(by, first, last);
  const zset = db.zset(key);
  if (!zset) return integer(0);
  const { start, end } = spans[by](zset, first, last);
  return integer(end - start);
}

function remove({ db }: Session, [key, first, last]: Range, by: By): Reply {
  checkBounds(by, first, last);
  const zset = db.zset(key);
  if (!zset) return integer(0);
  const { start, end } = spans[by](zset, first, last);
  const gone = zset.deleteSlice(start, end);
  if (gone > 0) db.changed(key, zset.size, removing[by]);
  return integer(gone);
}

/** The options of ZRANGE, which can do what all others do. */
function anyOptions(words: readonly string[], scores: boolean): Options {
  const options = parse(words, scores, true);
  if (options.limited && options.by === 'rank') {
    throw new CommandError(
      'ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX',
    );
  }
  return refuseScoresByLex(options);
}

function fixedOptions(words: readonly string[], by: By): Options {
  const options = { ...parse(words, true, false), by };
  if (options.limited && by === 'rank') {
    throw new CommandError(
      'ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX',
    );
  }
  return refuseScoresByLex(options);
}

function refuseScoresByLex<Given extends Options>(options: Given): Given {
  if (options.withScores && options.by === 'lex') {
    throw new CommandError('ERR syntax error, WITHSCORES not supported in combination with BYLEX');
  }
  return options;
}

function parse(words: readonly string[], scores: boolean, any: boolean) {
  const options = {
    by: 'rank' as By,
    backwards: false,
    withScores: false,
    offset: 0,
    count: -1,
    limited: false,
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    if (word === 'withscores' && scores) options.withScores = true;
    else if (word === 'limit' && at + 2 < words.length) {
      options.offset = toInteger(words[at + 1] ?? '');
      options.count = toInteger(words[at + 2] ?? '');
      options.limited = options.count !== -1;
      at += 2;
    } else if (any && word === 'rev' && !options.backwards) options.backwards = true;
    else if (any && word === 'byscore' && options.by === 'rank') options.by = 'score';
    else if (any && word === 'bylex' && options.by === 'rank') options.by = 'lex';
    else throw syntaxError();
  }
  return options;
}
