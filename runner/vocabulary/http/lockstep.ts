import { waitUntilHeldUp } from '#grading';
import type { Answer } from './answer';
import type { Request } from './request';
import type { Server } from './server';

/** How long one of the requests may take, in milliseconds. */
const patience = 60_000;

/** How many steps are taken together: what still goes on then, such as many who try again, runs free. */
const mostSteps = 32;

export interface Asked {
  server: Server;
  path: string;
}

/**
 * Sends all requests at once, and has the servers go step by step: what they send Redis is kept
 * back until each of them has done all that it can do without an answer; then all of it goes on
 * its way. So whoever reads, and writes what follows from it, reads what all the others read.
 * @returns for each request its answer, or why it got none
 */
export async function askInLockstep(all: readonly Asked[]): Promise<(Answer | Error)[]> {
  const servers = [...new Set(all.map(({ server }) => server))];
  const taps = servers.map(({ running }) => running.program.tap);
  for (const tap of taps) tap.keepBack();
  const requests = all.map(({ server, path }) => server.ask(path, patience));
  try {
    await Promise.all(requests.map(({ sent }) => sent));
    for (let step = 0; step < mostSteps && !isOver(requests); step += 1) {
      await waitUntilHeldUp(servers.map(({ running }) => running));
      // Only a timer of its own can bring a server on now.
      if (taps.every(({ kept }) => kept === 0)) break;
      for (const tap of taps) tap.letThrough();
    }
  } finally {
    for (const tap of taps) tap.keepNothing();
  }
  for (const server of servers) await server.waitUntil(() => isOver(requests));
  for (const request of requests) {
    if (!request.done) request.giveUp('the server has nothing left to do');
  }
  return Promise.all(requests.map(({ answer }) => answer));
}

function isOver(requests: readonly Request[]): boolean {
  return requests.every(({ done }) => done);
}
