/*
 * An embedded Redis in a process of its own. Says where it listens, and how many milliseconds of
 * processor time it took to come there: `listens on PATH after 51.3 ms`.
 */
const before = process.cpuUsage();
// Required here, so that what it takes to load counts.
const { embeddedRedis } =
  require('../../../../runner/redis/embedded/server/source') as typeof import('../../../../runner/redis/embedded/server/source');

embeddedRedis()
  .open()
  .then(({ address }) => {
    const { user, system } = process.cpuUsage(before);
    const where = 'path' in address ? address.path : `${address.host}:${address.port}`;
    console.log(`listens on ${where} after ${((user + system) / 1000).toFixed(1)} ms`);
  });
process.on('SIGTERM', () => process.exit(0));
