import type { Make, Words } from './words';

/** SORT, and lists for it. */
export const sorting: Make[] = [
  (w) => ['SORT', w.sortable(), ...sortOptions(w), ...w.maybe(30, 'STORE', w.key('list'))],
  (w) => [w.random.pick(['SORT', 'SORT_RO']), w.sortable(), ...sortOptions(w)],
  (w) => ['RPUSH', w.key('row'), ...w.random.several(1, 3, () => w.member())],
  (w) => ['SORT', w.key('row'), 'BY', w.random.pick(BY), 'ALPHA', ...w.maybe(40, 'GET', '#')],
  (w) => ['SORT', w.sortable(), 'BY', 'nosort', ...w.maybe(30, 'DESC')],
];

/** None is of numbers that a double cannot hold: after one, Redis 7.0 finds fault with the next. */
const BY = ['none*', 'y*', 'h*->f', 's*', '*'];

function sortOptions(w: Words): string[] {
  return [
    ...w.maybe(30, 'LIMIT', w.integer(), w.integer()),
    ...w.maybe(30, w.random.pick(['ASC', 'DESC'])),
    ...w.maybe(50, 'ALPHA'),
    ...w.random.several(0, 2, () => ['GET', w.random.pick(['#', ...BY, 'none'])]).flat(),
  ];
}
