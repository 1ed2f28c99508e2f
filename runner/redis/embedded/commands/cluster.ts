import { CommandError } from '../protocol/command-error';
import { command, family } from './command';

const CHANGE = 'admin';

function refuse(): never {
  throw new CommandError('ERR This instance has cluster support disabled');
}

const subcommands: readonly [name: string, arity: number, flags: string][] = [
  ['addslots', -3, CHANGE],
  ['addslotsrange', -4, CHANGE],
  ['bumpepoch', 2, CHANGE],
  ['count-failure-reports', 3, 'admin'],
  ['countkeysinslot', 3, ''],
  ['delslots', -3, CHANGE],
  ['delslotsrange', -4, CHANGE],
  ['failover', -2, CHANGE],
  ['flushslots', 2, CHANGE],
  ['forget', 3, CHANGE],
  ['getkeysinslot', 4, ''],
  ['help', 2, ''],
  ['info', 2, ''],
  ['keyslot', 3, ''],
  ['links', 2, ''],
  ['meet', -4, CHANGE],
  ['myid', 2, ''],
  ['nodes', 2, ''],
  ['replicas', 3, 'admin'],
  ['replicate', 3, CHANGE],
  ['reset', -2, 'admin noscript'],
  ['saveconfig', 2, CHANGE],
  ['set-config-epoch', 3, CHANGE],
  ['setslot', -4, CHANGE],
  ['shards', 2, ''],
  ['slaves', 3, 'admin'],
  ['slots', 2, ''],
];

/** What only a cluster has a use for: refused as by a Redis that is none. */
export const cluster = [
  family(
    'cluster',
    subcommands.map(([name, arity, flags]) => command(`cluster|${name}`, arity, flags, refuse)),
  ),
  command('asking', 1, 'fast', refuse),
  command('readonly', 1, 'fast', refuse),
  command('readwrite', 1, 'fast', refuse),
];
