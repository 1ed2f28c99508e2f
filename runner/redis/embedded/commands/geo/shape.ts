import { degrees, distance, EARTH_RADIUS, radians } from './distance';
import { type Area, areaOf, type Cell, cellAt, neighbor, type Place, STEPS } from './geohash';

/** What is searched: a circle, or a box that lies along the meridians. Lengths are in metres. */
export type Shape = { readonly center: Place } & (
  | { readonly radius: number }
  | { readonly width: number; readonly height: number }
);

/** Half of the way round the equator on a web map, in metres. */
const HALF_ROUND = 20037726.37;

/** How far a place is from the middle, in metres; undefined where it lies outside. */
export function distanceInside(shape: Shape, place: Place): number | undefined {
  const { center } = shape;
  if ('radius' in shape) {
    const far = distance(center, place);
    return far <= shape.radius ? far : undefined;
  }
  const across = distance(place, { ...center, latitude: place.latitude });
  const along = distance(place, { ...place, latitude: center.latitude });
  if (across > shape.width / 2 || along > shape.height / 2) return undefined;
  return distance(center, place);
}

/**
 * The cells that hold everything inside, the middle one first: it and those of its eight neighbors
 * that are needed. Cells as large as half the world can be in it twice.
 */
export function cellsAround(shape: Shape): Cell[] {
  const bounds = boundsOf(shape);
  let middle = cellAt(shape.center, stepsFor(reachOf(shape), shape.center.latitude));
  if (middle.steps > 1 && fallsShort(middle, bounds)) {
    middle = cellAt(shape.center, middle.steps - 1);
  }
  const area = areaOf(middle);
  const few = middle.steps >= 2;
  // A circle without end has no bounds (NaN), and then all are needed.
  const north = !few || !(area.north > bounds.north);
  const south = !few || !(area.south < bounds.south);
  const east = !few || !(area.east > bounds.east);
  const west = !few || !(area.west < bounds.west);
  const around: [wanted: boolean, columns: number, rows: number][] = [
    [true, 0, 0],
    [north, 0, 1],
    [south, 0, -1],
    [east, 1, 0],
    [west, -1, 0],
    [north && east, 1, 1],
    [north && west, -1, 1],
    [south && east, 1, -1],
    [south && west, -1, -1],
  ];
  return around.flatMap(([wanted, columns, rows]) =>
    wanted ? [neighbor(middle, columns, rows)] : [],
  );
}

/** The farthest that anything inside can be from the middle. */
function reachOf(shape: Shape): number {
  if ('radius' in shape) return shape.radius;
  const [width, height] = [shape.width / 2, shape.height / 2];
  return Math.sqrt(width * width + height * height);
}

/** So many halvings that a cell and its neighbors still hold the circle; near the poles fewer. */
function stepsFor(reach: number, latitude: number): number {
  if (reach === 0) return STEPS;
  let steps = -1;
  for (let size = reach; size < HALF_ROUND; size *= 2) steps += 1;
  if (Math.abs(latitude) > 66) steps -= 1;
  if (Math.abs(latitude) > 80) steps -= 1;
  return Math.min(STEPS, Math.max(1, steps));
}

/** The least area, edges along the meridians, that holds the shape. */
function boundsOf(shape: Shape): Area {
  const { longitude, latitude } = shape.center;
  const [width, height] =
    'radius' in shape ? [shape.radius, shape.radius] : [shape.width / 2, shape.height / 2];
  const up = degrees(height / EARTH_RADIUS);
  // Meridians come closer towards the pole, so that the same width has more degrees there.
  const narrow = latitude < 0 ? latitude - up : latitude + up;
  const aside = degrees(width / EARTH_RADIUS / Math.cos(radians(narrow)));
  return {
    west: longitude - aside,
    east: longitude + aside,
    south: latitude - up,
    north: latitude + up,
  };
}

/** Whether the bounds go beyond the neighbors. */
function fallsShort(middle: Cell, bounds: Area): boolean {
  return (
    areaOf(neighbor(middle, 0, 1)).north < bounds.north ||
    areaOf(neighbor(middle, 0, -1)).south > bounds.south ||
    areaOf(neighbor(middle, 1, 0)).east < bounds.east ||
    areaOf(neighbor(middle, -1, 0)).west > bounds.west
  );
}
