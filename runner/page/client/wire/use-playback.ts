import { useEffect } from 'preact/hooks';
import { advanced } from './playback';
import type { RunLog } from './run-log';
import { playback, showsAll } from './shown-moment';

/** Lets the shown moment move on with each frame, as long as it plays. */
export function usePlayback(log: RunLog, isLive: boolean): void {
  const { isPlaying } = playback.value;
  useEffect(() => {
    if (!isPlaying) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function move(now: number) {
      const next = advanced(playback.value, now - last, log.span(showsAll.value), isLive);
      last = now;
      const { time } = playback.value;
      // What stands still is not drawn again.
      if (next.time !== time || !next.isPlaying) playback.value = next;
      if (next.isPlaying) frame = requestAnimationFrame(move);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, log, isLive]);
}
