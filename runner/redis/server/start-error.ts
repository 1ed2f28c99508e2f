import { readFile } from 'node:fs/promises';
import { type Address, EnvironmentError } from '../instance';
import { RdbError } from '../rdb/error';
import { readRdb, readRdbVersion } from '../rdb/reader';
import type { StartupLog } from './startup-log';

interface Failed {
  executable: string;
  version: string;
  rdb?: string;
  address: Address;
}

/** Why a redis-server did not start, as far as its RDB file and its own last lines show. */
export async function startFault(server: Failed, log: StartupLog): Promise<EnvironmentError> {
  if (log.portTaken && 'port' in server.address) {
    return new EnvironmentError(
      `Port ${server.address.port} of 127.0.0.1 is already in use, so Redis cannot listen there.`,
      'Stop the program that uses it, or choose another port.',
    );
  }
  const fault = server.rdb !== undefined && (await fileFault(server.rdb, server.version, log));
  if (fault) return fault;
  return new EnvironmentError(
    `${server.executable} did not start: ${log.lastLine || 'it said nothing.'}`,
    'Use --offline to work with the embedded Redis.',
  );
}

async function fileFault(
  rdb: string,
  version: string,
  log: StartupLog,
): Promise<EnvironmentError | undefined> {
  if (!log.loadRefused) return undefined;
  const next = `Move ${rdb} to another place and start again: Redis then begins empty.`;
  try {
    const bytes = await readFile(rdb);
    if (log.versionRefused) {
      return new EnvironmentError(
        `${rdb} has RDB version ${readRdbVersion(bytes)}, which redis-server ${version} is too old to read.`,
        `Install a newer Redis, or move ${rdb} to another place to begin empty.`,
      );
    }
    readRdb(bytes);
  } catch (error) {
    if (error instanceof RdbError) {
      return new EnvironmentError(`${rdb} cannot be loaded: it ${error.message}.`, next);
    }
    const message = error instanceof Error ? error.message : String(error);
    return new EnvironmentError(
      `${rdb} cannot be read: ${message}`,
      'Check who may read the file.',
    );
  }
  return new EnvironmentError(`redis-server ${version} cannot load ${rdb}: ${log.lastLine}`, next);
}
