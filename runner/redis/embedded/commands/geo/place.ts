import { CommandError } from '../../protocol/command-error';
import { formatFixed, toFloat } from '../../protocol/numbers';
import type { SortedSet } from '../../store/sorted-set';
import { type Place, placeOf, WORLD } from './geohash';

/** A place given in degrees. @throws CommandError for no numbers, or none that is on the map */
export function toPlace(longitudeText: string, latitudeText: string): Place {
  const [longitude, latitude] = [toFloat(longitudeText), toFloat(latitudeText)];
  const { west, east, south, north } = WORLD;
  if (longitude >= west && longitude <= east && latitude >= south && latitude <= north) {
    return { longitude, latitude };
  }
  const given = `${formatFixed(longitude, 6)},${formatFixed(latitude, 6)}`;
  throw new CommandError(`ERR invalid longitude,latitude pair ${given}`);
}

/** Where a member is. */
export function placeOfMember(zset: SortedSet | undefined, member: string): Place | undefined {
  const score = zset?.score(member);
  return score === undefined ? undefined : placeOf(score);
}
