import type { Session } from '../../engine/session';
import { formatFixed, formatPlace } from '../../protocol/numbers';
import { array, bulk, EMPTY_ARRAY, integer, type Reply } from '../../protocol/reply';
import type { Resp } from '../../protocol/resp';
import { SortedSet } from '../../store/sorted-set';
import { bitsOf, type Cell, type Place, placeOf, STEPS } from './geohash';
import type { Search } from './search-options';
import { cellsAround, distanceInside, type Shape } from './shape';

interface Found {
  readonly member: string;
  readonly score: number;
  readonly place: Place;
  /** In metres from the middle. */
  readonly distance: number;
}

/** Answers a search, or keeps what it found under the key that it names. */
export function answerSearch(
  { db, resp }: Session,
  zset: SortedSet | undefined,
  search: Search,
): Reply {
  const { shape, target, event } = search;
  const found = zset && shape ? chosen(zset, shape, search) : [];
  if (target === undefined) {
    return found.length === 0 ? EMPTY_ARRAY : array(found.map((one) => told(resp, one, search)));
  }
  if (found.length === 0) db.remove(target);
  else db.replace(target, { type: 'zset', sorted: kept(found, search) }, event);
  return integer(found.length);
}

/** A distance as it is told, a string in both protocols. */
export function distanceReply(length: number): Reply {
  return bulk(formatFixed(length, 4));
}

/** Longitude and latitude. */
export function placeReply(resp: Resp, { longitude, latitude }: Place): Reply {
  return array([longitude, latitude].map((value) => resp.double(value, formatPlace(value))));
}

/** With a count and no order the nearest come first, unless any will do. */
function chosen(zset: SortedSet, shape: Shape, { order, count, any }: Search): Found[] {
  const found = findInside(zset, shape, any ? count : 0);
  const way = order === 'none' && count > 0 && !any ? 'asc' : order;
  if (way === 'asc') found.sort((one, other) => one.distance - other.distance);
  if (way === 'desc') found.sort((one, other) => other.distance - one.distance);
  return count > 0 ? found.slice(0, count) : found;
}

/** By cells, each by score. @param most after so many it is enough; 0 for all */
function findInside(zset: SortedSet, shape: Shape, most: number): Found[] {
  const found: Found[] = [];
  let last: Cell | undefined;
  for (const [at, cell] of cellsAround(shape).entries()) {
    // Around a cell as large as half the world the same neighbor comes twice in a row.
    if (last && bitsOf(last) === bitsOf(cell)) continue;
    if (most > 0 && found.length >= most) break;
    for (const { member, score } of membersOf(zset, cell)) {
      const place = placeOf(score);
      const distance = distanceInside(shape, place);
      if (distance !== undefined) found.push({ member, score, place, distance });
      if (most > 0 && found.length >= most) break;
    }
    if (at > 0) last = cell;
  }
  return found;
}

function membersOf(zset: SortedSet, cell: Cell) {
  const size = 4 ** (STEPS - cell.steps);
  const least = bitsOf(cell) * size;
  const beyond = (bitsOf(cell) + 1) * size;
  return zset.slice(
    zset.firstNot(({ score }) => score < least),
    zset.firstNot(({ score }) => score < beyond),
  );
}

function told(resp: Resp, { member, score, place, distance }: Found, search: Search): Reply {
  const { withDistance, withHash, withPlace, unit } = search;
  const more: Reply[] = [];
  if (withDistance) more.push(distanceReply(distance / unit));
  if (withHash) more.push(integer(Math.trunc(score)));
  if (withPlace) more.push(placeReply(resp, place));
  return more.length === 0 ? bulk(member) : array([bulk(member), ...more]);
}

function kept(found: readonly Found[], { byDistance, unit }: Search): SortedSet {
  return new SortedSet(
    found.map(({ member, score, distance }) => ({
      member,
      score: byDistance ? distance / unit : score,
    })),
  );
}
