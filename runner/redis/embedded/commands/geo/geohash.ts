/*
 * Geohashes (https://en.wikipedia.org/wiki/Geohash): longitude and latitude are halved in turn, a
 * bit each. A score has 26 of each, the longitude's first. Latitudes end where web maps do, so
 * that cells are about square.
 */

/** A place in degrees. */
export interface Place {
  readonly longitude: number;
  readonly latitude: number;
}

/** A part of the world: the column and the row of so many halvings. */
export interface Cell {
  readonly steps: number;
  /** From the west. */
  readonly column: number;
  /** From the south. */
  readonly row: number;
}

/** The edges of a part of the world, in degrees. */
export interface Area {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

export const WORLD: Area = { west: -180, east: 180, south: -85.05112878, north: 85.05112878 };
/** As geohash.org has it, for the letters. */
const GLOBE: Area = { ...WORLD, south: -90, north: 90 };

/** Halvings in a score. */
export const STEPS = 26;
const LETTERS = '0123456789bcdefghjkmnpqrstuvwxyz';

/** The cell in which a place of the world lies. The eastern and the northern edge are one beyond. */
export function cellAt({ longitude, latitude }: Place, steps: number, world = WORLD): Cell {
  const { west, east, south, north } = world;
  const size = 2 ** steps;
  return {
    steps,
    column: Math.floor(((longitude - west) / (east - west)) * size),
    row: Math.floor(((latitude - south) / (north - south)) * size),
  };
}

/** The bits of a cell, the column's and the row's in turn. */
export function bitsOf({ column, row }: Cell): number {
  return weave(row >>> 13, column >>> 13) * 2 ** 26 + weave(row & 0x1fff, column & 0x1fff);
}

export function areaOf({ steps, column, row }: Cell): Area {
  const { west, east, south, north } = WORLD;
  const size = 2 ** steps;
  // Redis counts in 32 bits.
  const [nextColumn, nextRow] = [(column + 1) >>> 0, (row + 1) >>> 0];
  return {
    west: west + (column / size) * (east - west),
    east: west + (nextColumn / size) * (east - west),
    south: south + (row / size) * (north - south),
    north: south + (nextRow / size) * (north - south),
  };
}

/** The score under which a place is kept. */
export function scoreOf(place: Place): number {
  return bitsOf(cellAt(place, STEPS));
}

/** The middle of the cell of a score. A score that never was a place gives one all the same. */
export function placeOf(score: number): Place {
  const bits = toBits(score);
  const area = areaOf({ steps: STEPS, column: unweave(bits >> 1n), row: unweave(bits) });
  return {
    longitude: within((area.west + area.east) / 2, WORLD.west, WORLD.east),
    latitude: within((area.south + area.north) / 2, WORLD.south, WORLD.north),
  };
}

/** Eleven letters as geohash.org writes them, of which a score has bits for ten. */
export function lettersOf(score: number): string {
  const cell = cellAt(placeOf(score), STEPS, GLOBE);
  const bits = BigInt(bitsOf(cell));
  let letters = '';
  for (let shift = 47n; shift > 0n; shift -= 5n) {
    letters += LETTERS.charAt(Number((bits >> shift) & 31n));
  }
  return `${letters}0`;
}

/** The cell so many columns and rows away, round the world's edges. */
export function neighbor({ steps, column, row }: Cell, columns: number, rows: number): Cell {
  const last = 2 ** steps - 1;
  return {
    steps,
    column: columns === 0 ? column : (column + columns) & last,
    row: rows === 0 ? row : (row + rows) & last,
  };
}

/** The bits of two numbers of up to 14 in turn, those of the second one place higher. */
function weave(even: number, odd: number): number {
  return spread(even) + 2 * spread(odd);
}

function spread(bits: number): number {
  let spaced = (bits | (bits << 8)) & 0x00ff00ff;
  spaced = (spaced | (spaced << 4)) & 0x0f0f0f0f;
  spaced = (spaced | (spaced << 2)) & 0x33333333;
  return (spaced | (spaced << 1)) & 0x55555555;
}

/** Every second bit, from the lowest on. */
function unweave(bits: bigint): number {
  let every = 0;
  for (let rest = bits, unit = 1; rest > 0n; rest >>= 2n, unit *= 2) {
    if ((rest & 1n) === 1n) every += unit;
  }
  return every;
}

/** Of 64 bits, as x86 makes them of a double. */
function toBits(score: number): bigint {
  if (score === Infinity || score >= 2 ** 64) return 0n;
  if (score < -(2 ** 63)) return 1n << 63n;
  return BigInt.asUintN(64, BigInt(Math.trunc(score)));
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
