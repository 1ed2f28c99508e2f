'use strict';
// For `node --expose-gc -r`: tells over IPC how many bytes of heap are in use, whenever it is asked.
process.on('message', () => {
  const { gc } = globalThis;
  if (!gc) throw new Error('start node with --expose-gc');
  gc();
  process.send?.({ heap: process.memoryUsage().heapUsed });
});
process.channel?.unref();
