import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** How many of something a driver has seen. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * What a driver that runs a learner's module has reported, as JSON in a file.
 * @returns nothing where there is no such file, or one that the learner's code has put in its place
 */
export function readReport<Told>(
  file: string,
  schema: v.GenericSchema<unknown, Told>,
): Told | undefined {
  try {
    return v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
