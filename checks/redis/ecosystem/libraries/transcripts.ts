import assert from 'node:assert/strict';
import type { Feature } from '../features';
import type { Server } from '../servers';

/**
 * A feature that must tell the same on both servers. The real one goes first, and what it told is
 * what the embedded one is held to; without a real one there is nothing to hold it to.
 */
export function alike<Context extends { readonly server: Server }>(
  title: string,
  tell: (context: Context) => Promise<unknown>,
): Feature<Context> {
  let expected: { readonly told: unknown } | undefined;
  return {
    title,
    async run(context) {
      const told = await tell(context);
      if (context.server.name === 'real') expected = { told };
      else if (expected) assert.deepEqual(told, expected.told);
    },
  };
}
