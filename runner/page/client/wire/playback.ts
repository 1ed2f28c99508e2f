/** How fast time goes: 1 as it went; `Infinity` shows at once what there is. */
export const rates = [1, 1 / 4, 1 / 10, Number.POSITIVE_INFINITY] as const;

export type Rate = (typeof rates)[number];

/** Which moment of a run is shown, and whether it moves on. */
export interface Playback {
  /** In the milliseconds of the run. */
  time: number;
  isPlaying: boolean;
  rate: Rate;
}

/** The time that a run takes, in its milliseconds. */
export interface Span {
  start: number;
  end: number;
}

/** A run that goes on is followed as it goes. */
export const following: Playback = {
  time: Number.POSITIVE_INFINITY,
  isPlaying: true,
  rate: Number.POSITIVE_INFINITY,
};

/**
 * The moment that is shown after some time has gone by.
 * @param elapsed in milliseconds of whoever looks on
 * @param isLive the run goes on: its end is not the end
 */
export function advanced(
  { time, isPlaying, rate }: Playback,
  elapsed: number,
  { start, end }: Span,
  isLive: boolean,
): Playback {
  if (!isPlaying) return { time, isPlaying, rate };
  const next =
    rate === Number.POSITIVE_INFINITY ? end : Math.max(start, Math.min(time, end)) + elapsed * rate;
  return { time: Math.min(next, end), isPlaying: isLive || next < end, rate };
}

/**
 * Goes on from where it stands; from the start if it stands at the end. A run that is over goes as
 * it went if everything of it is there at once.
 */
export function played({ time, rate }: Playback, { start, end }: Span, isLive: boolean): Playback {
  if (isLive) return { time, rate, isPlaying: true };
  const slower = rate === Number.POSITIVE_INFINITY ? 1 : rate;
  return { time: time >= end ? start : time, rate: slower, isPlaying: true };
}

/** Stands still at a moment. */
export function stoppedAt(playback: Playback, time: number): Playback {
  return { ...playback, time, isPlaying: false };
}
