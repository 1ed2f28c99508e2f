import * as v from 'valibot';

/** What becomes of one job: what is reported on the way, and then its end. */
export interface JobScript {
  progress: number[];
  /** The message of the error that it fails with for good; without it the job is completed. */
  error?: string;
}

/** A job to add. */
export interface NewJob {
  data: unknown;
  options?: Record<string, unknown>;
}

/** What the peer is asked to do; numbered, so that each answer can be matched to its order. */
export type Order =
  | { number: number; queue: string; add: NewJob[] }
  | { number: number; queue: string; take: number }
  | { number: number; queue: string; work: JobScript[] };

/** The peer's answer to an order, a line of JSON on its standard output. */
export const answerSchema = v.object({
  number: v.number(),
  /** The jobs added, taken or settled, by their ids; fewer than asked for if no more are to be had. */
  ids: v.array(v.string()),
});

export type Answer = v.InferOutput<typeof answerSchema>;
