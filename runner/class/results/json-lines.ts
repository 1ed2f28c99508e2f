import type { ClassTable } from './class-table';

/** Everything that is known of a class, an object a line and a line a learner. */
export function jsonLines({ rows, mostPoints }: ClassTable): string {
  return rows
    .map(({ learner, state, points, late, note, cells }) =>
      JSON.stringify({
        schema: 1,
        ...learner,
        state,
        points,
        of: mostPoints,
        late,
        note,
        lessons: cells,
      }),
    )
    .join('\n');
}
