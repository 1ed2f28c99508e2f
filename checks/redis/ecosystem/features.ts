import type { Tool } from '../../support/installed';
import { suite } from '../../support/suite';
import { openServer, type Server, type ServerName, serverNames } from './servers';

/** What a library can do, tried in the same way on each server. */
export interface Feature<Context> {
  title: string;
  run(context: Context): Promise<void>;
}

export interface FeatureOptions {
  /** How many features at once: most of them wait. */
  width?: number;
  /** Milliseconds for one feature. */
  limit?: number;
  /** Programs it needs beside a redis-server. */
  needs?: readonly Tool[];
}

/** What a line begins with by which `npm run ecosystem` counts. */
export const figureMark = 'figures: ';

/**
 * Tries each feature on a real Redis and on the embedded one, a test each.
 * @param name the library's, as the table of figures shows it
 * @param within lends a feature what it stands on, and clears up after it
 */
export function tryFeatures<Context>(
  name: string,
  features: readonly Feature<Context>[],
  within: (server: Server, run: (context: Context) => Promise<void>) => Promise<void>,
  { width = 8, limit = 20_000, needs = [] }: FeatureOptions = {},
): void {
  for (const serverName of serverNames) {
    const test = suite(`${name} on ${serverName}`, {
      needs: serverName === 'real' ? ['redis-server', ...needs] : needs,
      limit,
    });
    let server: Server | undefined;
    let passed = 0;
    test.before(async () => {
      server = await openServer(serverName);
    });
    test.after(async () => {
      await server?.close();
      tell(name, serverName, passed, features.length);
    });
    test.rows(
      features,
      ({ title }) => title,
      async ({ run }) => {
        if (!server) throw new Error(`${serverName} is not there`);
        await within(server, run).catch(withStack);
        passed += 1;
      },
      { width },
    );
    test.run();
  }
}

/** redis 4 takes an error's stack away, without which uvu cannot show it. */
function withStack(error: unknown): never {
  throw error instanceof Error && !error.stack ? new Error(error.message) : error;
}

function tell(name: string, server: ServerName, passed: number, total: number): void {
  console.log(`\n${figureMark}${JSON.stringify({ name, server, passed, total })}`);
}
