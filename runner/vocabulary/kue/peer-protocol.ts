import * as v from 'valibot';

/** What becomes of one job: the percentages reported on the way, and then its end. */
export interface JobScript {
  progress: number[];
  /** The message of the error that it fails with; without it the job completes. */
  error?: string;
}

/** What the peer is asked to do; numbered, so that each answer can be matched to its order. */
export type Order =
  | { number: number; create: { type: string; data: unknown }[] }
  | { number: number; work: string; scripts: JobScript[] };

/** The peer's answer to an order, a line of JSON on its standard output. */
export const answerSchema = v.object({
  number: v.number(),
  /** The jobs created or settled, in the order of the data or of their ids. */
  ids: v.array(v.number()),
});

export type Answer = v.InferOutput<typeof answerSchema>;
