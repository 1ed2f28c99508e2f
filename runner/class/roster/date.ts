/** A date as people write it, such as `2026-11-30`, `2026-11-30 18:00` or `2026-11-30T18:00:00+01:00`. */
const written =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Minutes of each unit in which a time may be given. */
const units: Readonly<Record<string, number>> = {
  m: 1,
  min: 1,
  h: 60,
  hour: 60,
  hours: 60,
  d: 1440,
  day: 1440,
  days: 1440,
};

/**
 * Reads a date; without a time it is the end of that day, without a zone it is the time of this machine.
 * @returns nothing for what is none
 */
export function readDate(text: string): Date | undefined {
  const [, year, month, day, hour, minute, second = '00', zone] = written.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  const time = hour === undefined ? '23:59:59' : `${hour}:${minute}:${second}`;
  const offset = zone?.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2') ?? '';
  const date = new Date(`${year}-${month}-${day}T${time}${offset}`);
  // The 31st of a short month would be the first of the next.
  const isThere = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  return isThere && !Number.isNaN(date.getTime()) ? date : undefined;
}

/**
 * Reads a length of time, such as `30 min`, `12 h` or `2 days`.
 * @returns minutes; nothing for what is none
 */
export function readMinutes(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim()) ?? [];
  const minutes = units[unit.toLowerCase()];
  return count === undefined || minutes === undefined ? undefined : Number(count) * minutes;
}
