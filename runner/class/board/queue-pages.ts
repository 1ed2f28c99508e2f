import type { RequestListener } from 'node:http';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Queue } from 'bullmq';
import * as v from 'valibot';

/**
 * The pages of bull-board for one queue. They only show, and of a job no more than which lessons it is of
 * and how large it is: what learners handed in is not for a page.
 */
export function queuePages(queue: Queue): RequestListener {
  const adapter = new BullMQAdapter(queue, { readOnlyMode: true, displayName: 'class' });
  adapter.setFormatter('data', described);
  adapter.setFormatter('returnValue', () => undefined);
  const serverAdapter = new ExpressAdapter();
  createBullBoard({
    queues: [adapter],
    serverAdapter,
    options: {
      uiConfig: { boardTitle: 'A class', hideRedisDetails: true, hideDocsLink: true },
    },
  });
  return serverAdapter.getRouter();
}

/** As a job lies in the queue; it need not be one that this version put there. */
const jobData = v.object({ lessons: v.array(v.string()), packed: v.string() });

function described(data: unknown): { lessons: string; kilobytes: number } | string {
  const read = v.safeParse(jobData, data);
  if (!read.success) return 'a job of another version';
  const { lessons, packed } = read.output;
  return { lessons: lessons.join(' '), kilobytes: Math.ceil((packed.length * 3) / 4 / 1024) };
}
