import type { Line } from '../progress-line';
import type { Session } from '../session';
import { spinner } from '../spinner';

/** A line that says how far something is. */
export interface MovingLine {
  /** In words, in so many columns. @param now in ms */
  words(now: number, line: Line): string;
}

/**
 * Shows how far a class is: in a line that moves if standard error is a terminal, otherwise in a line now
 * and then.
 * @returns ends it
 */
export async function followClass(session: Session, line: MovingLine): Promise<() => void> {
  const screen = session.screenOf(session.streams.errors);
  // What is drawn would stand between the lines of a log.
  if (screen.live && session.options.log === undefined) {
    const busy = await spinner(session, (room) => line.words(performance.now(), room));
    return () => busy.stop();
  }
  const { glyphs, width } = screen;
  let before = '';
  const tell = () => {
    const words = line.words(performance.now(), { room: width - indent, glyphs });
    if (words !== before) session.note(words);
    before = words;
  };
  const timer = setInterval(tell, nowAndThen);
  return () => {
    clearInterval(timer);
    tell();
  };
}

/** How a remark is indented, in columns. */
const indent = 2;

/** In ms: often enough to see that it moves, seldom enough for a log. */
const nowAndThen = 15_000;
