/**
 * What can happen to a key, as keyspace notifications name it, and the class of each: the letter by
 * which `notify-keyspace-events` asks for it. A command that brings a new event adds a row.
 */
export const EVENT_CLASSES = {
  copy_to: 'g',
  del: 'g',
  expire: 'g',
  move_from: 'g',
  move_to: 'g',
  persist: 'g',
  rename_from: 'g',
  rename_to: 'g',
  restore: 'g',

  append: '$',
  incrby: '$',
  incrbyfloat: '$',
  pfadd: '$',
  set: '$',
  setbit: '$',
  setrange: '$',

  linsert: 'l',
  lpop: 'l',
  lpush: 'l',
  lrem: 'l',
  lset: 'l',
  ltrim: 'l',
  rpop: 'l',
  rpush: 'l',
  sortstore: 'l',

  sadd: 's',
  sdiffstore: 's',
  sinterstore: 's',
  spop: 's',
  srem: 's',
  sunionstore: 's',

  hdel: 'h',
  hincrby: 'h',
  hincrbyfloat: 'h',
  hset: 'h',

  geosearchstore: 'z',
  zadd: 'z',
  zdiffstore: 'z',
  zincr: 'z',
  zinterstore: 'z',
  zpopmax: 'z',
  zpopmin: 'z',
  zrangestore: 'z',
  zrem: 'z',
  zremrangebylex: 'z',
  zremrangebyrank: 'z',
  zremrangebyscore: 'z',
  zunionstore: 'z',
  georadiusstore: 'z',

  xadd: 't',
  xdel: 't',
  'xgroup-create': 't',
  'xgroup-createconsumer': 't',
  'xgroup-delconsumer': 't',
  'xgroup-destroy': 't',
  'xgroup-setid': 't',
  xsetid: 't',
  xtrim: 't',

  expired: 'x',
  evicted: 'e',
  keymiss: 'm',
  new: 'n',
} as const;

export type KeyEvent = keyof typeof EVENT_CLASSES;
