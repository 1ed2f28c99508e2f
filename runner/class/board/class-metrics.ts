import type { Queue } from 'bullmq';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { WorkerEvent } from '../worker/worker-event';

/**
 * Figures for Prometheus. Those of the queue are asked for when they are read, and hold for all machines; those of
 * grading are of the workers that were started here.
 */
export class ClassMetrics {
  readonly #queue: Queue;
  readonly #registry = new Registry();
  readonly #up = this.#gauge('queue_up', 'Whether the Redis of the queue answers.');
  readonly #jobs = this.#gauge('jobs', 'Jobs on the queue, by state.', ['state']);
  readonly #length = this.#gauge(
    'queue_length',
    'Jobs that wait for a worker, or to be tried again.',
  );
  readonly #workers = this.#gauge('workers', 'Workers that were started here and run.');
  readonly #graded = this.#counter('graded_total', 'Submissions that were graded here.');
  readonly #attempts = this.#counter('failed_attempts_total', 'Attempts that failed, by cause.', [
    'cause',
  ]);
  readonly #faults = this.#counter('faults_total', 'Submissions that were given up, by cause.', [
    'cause',
  ]);
  readonly #handedBack = this.#counter('handed_back_total', 'Submissions that were handed back.');
  readonly #lessons = this.#histogram('lesson_seconds', 'What a lesson took to grade.', ['lesson']);
  readonly #submissions = this.#histogram('submission_seconds', 'What a submission took to grade.');

  constructor(queue: Queue) {
    this.#queue = queue;
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  take(event: WorkerEvent): void {
    switch (event.event) {
      case 'started':
        this.#workers.inc();
        break;
      case 'ended':
        this.#workers.dec();
        break;
      case 'handed back':
        this.#handedBack.inc();
        break;
      case 'attempt failed':
        this.#attempts.inc({ cause: event.kind });
        break;
      case 'fault':
        this.#attempts.inc({ cause: event.kind });
        this.#faults.inc({ cause: event.kind });
        break;
      case 'graded':
        this.#graded.inc();
        this.#submissions.observe(event.ms / 1000);
        for (const { name, verdict, ms } of event.lessons) {
          if (verdict !== 'missing') this.#lessons.observe({ lesson: name }, ms / 1000);
        }
    }
  }

  /** The figures as they are now, in the form that Prometheus reads. */
  async text(): Promise<string> {
    await this.#askQueue();
    return this.#registry.metrics();
  }

  async #askQueue(): Promise<void> {
    const counts = await inTime(this.#queue.getJobCounts(...states)).catch(() => undefined);
    this.#up.set(counts ? 1 : 0);
    // What is not known is not told.
    this.#jobs.reset();
    this.#length.remove();
    if (!counts) return;
    for (const state of states) this.#jobs.set({ state }, counts[state] ?? 0);
    this.#length.set(waiting.reduce((sum, state) => sum + (counts[state] ?? 0), 0));
  }

  #gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ ...this.#named(name, help), labelNames });
  }

  #counter(name: string, help: string, labelNames: string[] = []): Counter {
    return new Counter({ ...this.#named(name, help), labelNames });
  }

  #histogram(name: string, help: string, labelNames: string[] = []): Histogram {
    return new Histogram({ ...this.#named(name, help), labelNames, buckets });
  }

  #named(name: string, help: string): { name: string; help: string; registers: Registry[] } {
    return { name: `workbook_class_${name}`, help, registers: [this.#registry] };
  }
}

/** A job is gone as soon as it is graded, so that none is completed. */
const states = ['wait', 'prioritized', 'delayed', 'active', 'failed'] as const;
const waiting = ['wait', 'prioritized', 'delayed'] as const;

/** In seconds. */
const buckets = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128];

/** How long the queue may take to answer, in ms: who reads the figures waits for ten seconds, as a rule. */
const patience = 2000;

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the queue does not answer')), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
