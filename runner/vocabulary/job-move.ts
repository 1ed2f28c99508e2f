/** Where a job of a queue library is. */
export type JobPhase = 'waiting' | 'delayed' | 'active' | 'complete' | 'failed';

/** What becomes of a job: what is not told of it stays as it was. */
export interface JobMove {
  /** Among all jobs of a run: its id, behind the queue's name where ids are the queue's own. */
  job: string;
  /** Where it goes; absent if it stays. */
  to?: JobPhase | 'removed';
  /** The library's own word for where it goes. */
  state?: string;
  /** The queue that it waits in: what a worker asks for. */
  queue?: string;
  type?: string;
  /** What it was created with, as JSON. */
  data?: string;
  /** Percent. */
  progress?: number;
  /** The message that it failed with. */
  error?: string;
  /** Told by the library's events, which are read later than what they tell of happens. */
  heard?: true;
}
