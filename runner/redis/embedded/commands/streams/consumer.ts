import type { Keyspace } from '../../store/keyspace';
import type { Consumer, Group } from '../../store/stream/group';

/** The consumer of that name, seen now; one that is new is made, and told of. */
export function meetConsumer(db: Keyspace, key: string, group: Group, name: string): Consumer {
  const isNew = !group.find(name);
  const consumer = group.meet(name);
  if (isNew) db.tell('xgroup-createconsumer', key);
  return consumer;
}
