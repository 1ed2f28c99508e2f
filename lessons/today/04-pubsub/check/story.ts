import type { Announcing } from '#vocabulary/redis/announced-calls';

export const channel = 'holberton school channel';

/** The list in which the subscriber keeps what it hears. */
export const list = 'holberton school messages';

export const first = 'Holberton Student #1 starts course';
export const second = 'Holberton Student #2 starts course';
/** After it the subscriber ends. */
export const kill = 'KILL_SERVER';
/** After this one it does not. */
export const nearlyKill = 'KILL_SERVER is the word that ends it';
export const last = 'Holberton Student #3 starts course';

export const announcing: Announcing = {
  name: 'publishMessage',
  times: { [first]: 100, [second]: 200, [kill]: 300, [last]: 400 },
  line: (message) => `About to send ${message}`,
};
