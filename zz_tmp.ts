import { findRedis } from './runner/redis/find';
import { redisPrompt } from './runner/commands/redis';
findRedis().then(s => redisPrompt(s, {rdb:'/tmp/zzdump.rdb', input: process.stdin, output: process.stdout}));
