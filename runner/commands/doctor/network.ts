import { lookup } from 'node:dns/promises';
import { loopbackFault } from '../../redis/loopback';
import type { Symptom } from './symptom';

/** Whether programs on this machine reach each other, as a learner's browser and a server that runs do. */
export async function network(): Promise<Symptom[]> {
  return [await loopback(), await loopback6(), await localhost()];
}

async function loopback(): Promise<Symptom> {
  const what = 'loopback';
  const fault = await loopbackFault('127.0.0.1');
  if (fault === undefined) return { what, state: 'good', found: '127.0.0.1' };
  return {
    what,
    state: 'poor',
    found: `127.0.0.1 cannot be used (${fault}): checks work, "run" of a server does not`,
    cure: 'Bring the loopback up (on Linux: ip link set lo up), or give the container a network with IPv4.',
  };
}

async function loopback6(): Promise<Symptom> {
  const fault = await loopbackFault('::1');
  const found = fault === undefined ? '::1' : `no ::1 (${fault}); the workbook does not need it`;
  return { what: 'loopback, IPv6', state: 'good', found };
}

async function localhost(): Promise<Symptom> {
  const what = 'localhost';
  try {
    const all = await lookup('localhost', { all: true });
    return { what, state: 'good', found: all.map(({ address }) => address).join(', ') };
  } catch (error) {
    return {
      what,
      state: 'poor',
      found: `no address (${(error as NodeJS.ErrnoException).code}); checks work without it`,
      cure: 'Put the line “127.0.0.1 localhost” into /etc/hosts, for curl and a Redis of your own.',
    };
  }
}
