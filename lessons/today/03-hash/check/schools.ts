/** The hash of the task: its key, and each city with its number. */
export const key = 'HolbertonSchools';

export const schools: Readonly<Record<string, string>> = {
  Portland: '50',
  Seattle: '80',
  'New York': '20',
  Bogota: '20',
  Cali: '40',
  Paris: '2',
};

/** The students who come to one of them. */
export const joined = { city: 'Paris', count: 3 };

/** The students who go from one to another. */
export const moved = { from: 'Seattle', to: 'New York', count: 10 };

/** What another program adds meanwhile. */
export const others: Readonly<Record<string, number>> = {
  [joined.city]: 7,
  [moved.from]: 100,
  [moved.to]: 1000,
};

/** A city's number, and so many more. */
export function numberOf(city: string, more = 0): number {
  return Number(schools[city]) + more;
}
