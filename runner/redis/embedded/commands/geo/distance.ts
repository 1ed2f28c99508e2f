import { CommandError } from '../../protocol/command-error';
import type { Place } from './geohash';

/** Metres from the middle of the earth, taken for a ball. */
export const EARTH_RADIUS = 6372797.560856;

const METERS = new Map([
  ['m', 1],
  ['km', 1000],
  ['ft', 0.3048],
  ['mi', 1609.34],
]);

/** Metres along the ground between two places, by the haversine formula. */
export function distance(from: Place, to: Place): number {
  const [south, north] = [radians(from.latitude), radians(to.latitude)];
  const u = Math.sin((north - south) / 2);
  const v = Math.sin((radians(to.longitude) - radians(from.longitude)) / 2);
  const half = u * u + Math.cos(south) * Math.cos(north) * v * v;
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(half));
}

/** The metres of one of a unit: `m`, `km`, `ft`, `mi`. @throws CommandError */
export function toUnit(text: string): number {
  const meters = METERS.get(text.toLowerCase());
  if (meters !== undefined) return meters;
  throw new CommandError('ERR unsupported unit provided. please use M, KM, FT, MI');
}

export function radians(degrees: number): number {
  return degrees * (Math.PI / 180);
}

export function degrees(angle: number): number {
  return angle / (Math.PI / 180);
}
