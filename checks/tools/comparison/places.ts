import type { Make, Words } from './words';

/** Commands on places. */
export const places: Make[] = [
  (w) => [
    'GEOADD',
    w.key('place'),
    ...w.maybe(30, w.random.pick(['NX', 'XX', 'CH'])),
    ...w.random.several(1, 4, () => [...w.place(), w.member()]).flat(),
  ],
  (w) => ['GEOADD', w.key('place'), ...w.place(), w.member()],
  (w) => ['GEOPOS', w.key('place'), ...w.random.several(0, 3, () => w.member())],
  (w) => ['GEOHASH', w.key('place'), ...w.random.several(0, 3, () => w.member())],
  (w) => ['GEODIST', w.key('place'), w.member(), w.member(), ...w.maybe(60, w.unit())],
  (w) => ['GEOSEARCH', w.key('place'), ...searched(w)],
  (w) => ['GEOSEARCH', w.key('place'), ...searched(w)],
  (w) => ['GEOSEARCHSTORE', w.key('place'), w.key('place'), ...searched(w)],
  (w) => [w.random.pick(RADIUS), w.key('place'), ...w.place(), ...radius(w), ...searchOptions(w)],
  (w) => [
    w.random.pick(RADIUS).replace(/^GEORADIUS/, 'GEORADIUSBYMEMBER'),
    w.key('place'),
    w.member(),
    ...radius(w),
    ...searchOptions(w),
  ],
];

const RADIUS = ['GEORADIUS', 'GEORADIUS_RO'];

function radius(w: Words): string[] {
  return [w.length(), w.unit()];
}

function searched(w: Words): string[] {
  const from = w.random.chance(50) ? ['FROMLONLAT', ...w.place()] : ['FROMMEMBER', w.member()];
  const far = w.random.chance(50)
    ? ['BYRADIUS', ...radius(w)]
    : ['BYBOX', w.length(), ...radius(w)];
  return [...w.maybe(97, ...from), ...w.maybe(97, ...far), ...searchOptions(w)];
}

function searchOptions(w: Words): string[] {
  return [
    ...w.maybe(30, w.random.pick(['ASC', 'DESC'])),
    ...w.maybe(30, 'COUNT', w.count(), ...w.maybe(40, 'ANY')),
    ...w.maybe(20, 'WITHDIST'),
    ...w.maybe(20, 'WITHHASH'),
    ...w.maybe(20, 'WITHCOORD'),
    ...w.maybe(5, w.random.pick(['STORE', 'STOREDIST']), w.key('place')),
    ...w.maybe(5, 'STOREDIST'),
  ];
}
