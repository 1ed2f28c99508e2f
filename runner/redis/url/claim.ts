import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/*
 * A database of somebody's Redis is marked as ours here, on this machine, and not by a key in it:
 * the learner's program would see such a key. The mark outlives a runner that is killed, so that
 * the next one can clean up behind it.
 */

/** A note that a database was empty when the workbook took it. */
export interface Claim {
  /** The server, as host and port. */
  server: string;
  db: number;
  /** The runner's process. */
  pid: number;
  /** When the runner was last known to be alive, in ms since 1970. */
  aliveAt: number;
  /** Takes the note away. */
  release(): void;
}

/** How often a claim is renewed while its runner lives, in ms. */
export const renewal = 2000;

/** Notes down a claim and renews it until it is released. Where nothing can be written there is none. */
export function writeClaim(server: string, db: number): Pick<Claim, 'release'> {
  const name = createHash('sha256').update(`${server}/${db}`).digest('hex').slice(0, 16);
  const file = path.join(claimsFolder(), `${name}-${process.pid}.json`);
  try {
    fs.mkdirSync(claimsFolder(), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, JSON.stringify({ server, db, pid: process.pid }), { mode: 0o600 });
  } catch {
    return { release() {} };
  }
  const timer = setInterval(() => renew(file), renewal).unref();
  return {
    release() {
      clearInterval(timer);
      removeFile(file);
    },
  };
}

/** The claims on a server whose runners ended without releasing them. */
export function abandonedClaims(server: string): Claim[] {
  let names: string[] = [];
  try {
    names = fs.readdirSync(claimsFolder());
  } catch {
    // No claim was ever made.
  }
  return names
    .map((name) => readClaim(path.join(claimsFolder(), name)))
    .filter((claim) => claim !== undefined)
    .filter((claim) => claim.server === server && !isAlive(claim));
}

function readClaim(file: string): Claim | undefined {
  try {
    const aliveAt = fs.statSync(file).mtimeMs;
    const content: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (typeof content !== 'object' || content === null) return undefined;
    const { server, db, pid } = content as Record<string, unknown>;
    if (typeof server !== 'string' || typeof db !== 'number' || typeof pid !== 'number')
      return undefined;
    return { server, db, pid, aliveAt, release: () => removeFile(file) };
  } catch {
    return undefined;
  }
}

/** Ours are released by us; of another's we must find the process, and a sign of life in a day. */
function isAlive(claim: Claim): boolean {
  if (Date.now() - claim.aliveAt > 24 * 60 * 60 * 1000) return false;
  try {
    process.kill(claim.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function renew(file: string): void {
  const now = new Date();
  // Removed by somebody: then it stays away.
  fs.utimes(file, now, now, () => {});
}

function removeFile(file: string): void {
  fs.rmSync(file, { force: true });
  try {
    fs.rmdirSync(claimsFolder());
    fs.rmdirSync(path.dirname(claimsFolder()));
  } catch {
    // Others are in it.
  }
}

/** Where programs keep what is neither configuration nor cache. */
export function claimsFolder({
  platform,
  env,
}: Pick<NodeJS.Process, 'platform' | 'env'> = process): string {
  const state =
    platform === 'win32'
      ? env.LOCALAPPDATA || path.join(os.homedir(), 'AppData', 'Local')
      : env.XDG_STATE_HOME || path.join(os.homedir(), '.local', 'state');
  return path.join(state, 'queuing-workbook', 'claims');
}
