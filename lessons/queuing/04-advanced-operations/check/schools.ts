/** The hash of the task: its key, and each city with its number. */
export const key = 'HolbertonSchools';

export const schools = {
  Portland: '50',
  Seattle: '80',
  'New York': '20',
  Bogota: '20',
  Cali: '40',
  Paris: '2',
};

/** The number of a city of the task's. */
export function numberOf(city: string | undefined): string | undefined {
  return Object.entries(schools).find(([name]) => name === city)?.[1];
}

/** Whether a hash holds these fields and values, and no others. */
export function isSame(hash: Record<string, string>): boolean {
  const asked = Object.entries(schools);
  return (
    Object.keys(hash).length === asked.length &&
    asked.every(([city, value]) => hash[city] === value)
  );
}
