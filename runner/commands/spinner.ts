import { asciiGlyphs } from '../report/terminal/glyphs';
import type { Line } from './progress-line';
import type { Session } from './session';
import { aroundSuspension } from './suspension';

/** What turns while something takes its time. */
export interface Busy {
  /** Clears the line, so that something else can be written. */
  pause(): void;
  /** Turns again, with the words as they are now. */
  go(): void;
  stop(): void;
}

/**
 * A spinner on standard error where that is a terminal; stillness elsewhere.
 * @param wordsFor the words as they are now, in one line of this room
 */
export async function spinner(session: Session, wordsFor: (line: Line) => string): Promise<Busy> {
  const { errors } = session.streams;
  const words = () => {
    const { columns, glyphs, spell } = session.screenOf(errors);
    return spell(wordsFor({ room: columns - spinnerColumns, glyphs }));
  };
  const { live, paint, glyphs } = session.screenOf(errors);
  if (!live || session.options.json) {
    return { pause() {}, go() {}, stop() {} };
  }
  const { default: ora } = await import('ora');
  // Ora would read the keyboard to hide it: Ctrl-C must stay a signal.
  const turning = ora({
    text: words(),
    stream: errors,
    discardStdin: false,
    // Ora asks neither the locale nor NO_COLOR.
    spinner: glyphs.next === asciiGlyphs.next ? 'line' : 'dots',
    color: paint('cyan', '.') !== '.' && 'cyan',
  }).start();
  const counting = setInterval(() => {
    turning.text = words();
  }, 250);
  let turns = true;
  const endSuspensions = aroundSuspension({
    leave: () => void turning.stop(),
    resume: () => turns && void turning.start(words()),
  });
  return {
    pause: () => {
      turns = false;
      turning.stop();
    },
    go: () => {
      turns = true;
      turning.start(words());
    },
    stop: () => {
      endSuspensions();
      clearInterval(counting);
      turning.stop();
    },
  };
}

/** What turns, the blank behind it, and the last column, which some terminals wrap at. */
const spinnerColumns = 3;
