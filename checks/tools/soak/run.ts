import { setTimeout as pause } from 'node:timers/promises';
import { Wire } from '../../redis/embedded/conformance/wire';
import { Random } from '../comparison/random';
import { neverRead, visit } from './attacker';
import { type Memory, ServerProcess } from './server';
import { Witness } from './witness';

/** Connections that attack at once. */
const WIDTH = 8;
/** ms between two looks at the memory. */
const INTERVAL = 250;

/** What a soak came to. */
export interface SoakResult {
  readonly sent: number;
  /** As the server counts them, those of the witness included. */
  readonly processed: number;
  readonly connections: number;
  readonly protocolErrors: number;
  readonly cutOff: number;
  readonly looks: number;
  readonly longestLook: number;
  readonly before: Memory;
  readonly peak: number;
  /** Once all are gone, the data deleted and the garbage collected. */
  readonly after: Memory;
  readonly seconds: number;
  /** What must not be, in sentences; empty where all is well. */
  readonly faults: string[];
}

/** In bytes. */
export interface Bounds {
  readonly peak: number;
  /** Of values and buffers, from the start to the end. */
  readonly growth: number;
}

/**
 * Sends random and mutated commands from many connections to an embedded Redis in a process of its
 * own, until it has run so many, while a client with data of its own looks whether all is well.
 * @param unread how many clients that read nothing come in between
 */
export async function soak(
  { seed, commands, unread }: { seed: number; commands: number; unread: number },
  bounds: Bounds,
): Promise<SoakResult> {
  const server = await ServerProcess.start();
  const control = await Wire.open({ host: '127.0.0.1', port: server.port });
  const witness = await Witness.start(server.port);
  const before = await server.memory(true);
  const start = performance.now();
  const random = new Random(seed);
  const faults: string[] = [];
  const count = { sent: 0, processed: 0, connections: 0, protocolErrors: 0, cutOff: 0 };
  let peak = before.rss;
  let over = false;

  const attack = async () => {
    while (!over) {
      const { commands: sent, protocolErrors } = await visit(server.port, random);
      count.sent += sent;
      count.connections += 1;
      count.protocolErrors += protocolErrors;
    }
  };
  const measure = async () => {
    while (!over) {
      peak = Math.max(peak, (await server.memory()).rss);
      count.processed = await processed(control);
      const due = unread > count.cutOff && count.processed > (commands * count.cutOff) / unread;
      if (due) {
        count.sent += (await neverRead(server.port, control)).commands;
        count.cutOff += 1;
      }
      over ||= count.processed >= commands || witness.fault !== undefined || server.crashed;
      await pause(INTERVAL);
    }
  };
  const fail = (error: unknown) => {
    faults.push(error instanceof Error ? error.message : String(error));
    over = true;
  };
  const watching = witness.watch();
  await Promise.all([
    measure().catch(fail),
    ...Array.from({ length: WIDTH }, () => attack().catch(fail)),
  ]);
  witness.stop();
  await watching;
  if (server.crashed) faults.push(`the server ended: ${server.output}`);
  else await control.ask('FLUSHALL').catch(fail);
  if (!server.crashed) await control.ask('SCRIPT FLUSH').catch(fail);
  if (!server.crashed) await control.ask('FUNCTION FLUSH').catch(fail);
  const after = await server.memory(true);
  control.close();
  witness.wire.close();
  await server.stop();
  if (witness.fault) faults.push(`the witness: ${witness.fault}`);
  if (peak > bounds.peak) faults.push(`the process took ${megabytes(peak)}`);
  if (after.heap - before.heap > bounds.growth) {
    faults.push(`${megabytes(after.heap - before.heap)} were left over`);
  }
  return {
    ...count,
    looks: witness.looks,
    longestLook: witness.longest,
    before,
    peak,
    after,
    seconds: (performance.now() - start) / 1000,
    faults,
  };
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MB`;
}

async function processed(control: Wire): Promise<number> {
  const info = await control.ask('INFO stats');
  return Number(/total_commands_processed:(\d+)/.exec(info)?.[1] ?? 0);
}
