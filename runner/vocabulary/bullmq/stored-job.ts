/** BullMQ's own words; `waiting` too for a job in the set `prioritized`. */
export type JobState = 'waiting' | 'delayed' | 'active' | 'completed' | 'failed';

/** A job as its hash tells it. */
export interface StoredJob {
  name: string;
  state: JobState;
  /** What it was added with; undefined if that is no JSON. */
  data: unknown;
  /** The options that it was added with. */
  options: Record<string, unknown>;
  /** Whatever the worker reported last. */
  progress: unknown;
  /** The message of the error that it failed with last, if it has not been completed since. */
  error: string | undefined;
  /** How often it was tried, to the end of each attempt. */
  attempts: number;
}

/** A job from the fields of its hash. */
export function storedJob(fields: Record<string, string>): StoredJob {
  const options = parsed(fields.opts);
  const state = stateOf(fields);
  return {
    name: fields.name ?? '',
    state,
    data: parsed(fields.data),
    options: typeof options === 'object' && options !== null ? { ...options } : {},
    progress: parsed(fields.progress),
    error: state === 'completed' ? undefined : fields.failedReason,
    attempts: Number(fields.atm ?? 0),
  };
}

/** The hash does not hold it: it follows from what does stand there. */
function stateOf(fields: Record<string, string>): JobState {
  if (fields.finishedOn !== undefined) {
    return fields.returnvalue === undefined ? 'failed' : 'completed';
  }
  // Attempts that were begun, those that came to an end, and those whose worker was lost.
  const { ats = 0, atm = 0, stc = 0 } = fields;
  if (Number(ats) > Number(atm) + Number(stc)) return 'active';
  return Number(fields.delay ?? 0) > 0 ? 'delayed' : 'waiting';
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
