import type { Scenario } from './scenario';

export const shards: readonly Scenario[] = [
  {
    name: 'channels of a shard',
    steps: [
      'SSUBSCRIBE a b',
      'GET x',
      '2: SPUBLISH a hi',
      '1? ',
      '2: SPUBLISH none hi',
      '2: PUBLISH a hi',
      '2~ PUBSUB SHARDCHANNELS',
      '2: PUBSUB SHARDCHANNELS a*',
      '2: PUBSUB SHARDNUMSUB a none',
      '2: PUBSUB SHARDNUMSUB',
      '2: PUBSUB CHANNELS',
      '2: PUBSUB NUMSUB a',
      'SUBSCRIBE c',
      'SUNSUBSCRIBE none',
      'SUNSUBSCRIBE a',
      'SUNSUBSCRIBE',
      'SUNSUBSCRIBE',
      'UNSUBSCRIBE',
      'GET x',
      'SPUBLISH',
      'SSUBSCRIBE',
      '3: MULTI',
      '3: SSUBSCRIBE z',
      '3: SPUBLISH z m',
      '3: EXEC',
    ],
  },
];
