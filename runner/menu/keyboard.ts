import { emitKeypressEvents } from 'node:readline';
import { type Console, Interruption } from '../commands/session';
import { suspended } from '../commands/suspension';
import { typedLine } from './typing';

/** A key as Node's readline reports it. */
export interface Key {
  sequence?: string;
  name?: string;
  ctrl?: boolean;
  meta?: boolean;
}

/** What comes from the terminal: a key, another size, Ctrl-C, or `fg` after Ctrl-Z. */
export type Signal = { key: string } | 'resized' | 'interrupted' | 'resumed';

/**
 * Waits for one key.
 * @param drawAgain draws what stands above it, for a screen that has changed its size, or comes back
 * @returns its name, such as `return`, `space`, `up` or `h`; the sign itself where it has none
 * @throws Interruption at Ctrl-C; the signal's reason when the workbook is to end
 */
export async function pressedKey(console: Console, drawAgain = () => {}): Promise<string> {
  if (!console.screen.live) return (await typedLine(console, 'Enter goes on: ')) || 'return';
  console.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      stop();
      console.signal.removeEventListener('abort', abort);
      act();
    };
    const abort = () => settle(() => reject(console.signal.reason));
    const stop = followKeys(console, (signal) => {
      if (signal === 'resized' || signal === 'resumed') drawAgain();
      else if (signal === 'interrupted') settle(() => reject(new Interruption('Ctrl-C')));
      else settle(() => resolve(signal.key));
    });
    console.signal.addEventListener('abort', abort);
  });
}

/**
 * Listens to the keyboard, and to the size of the terminal, until it is stopped. Ctrl-Z suspends
 * the workbook.
 * @returns stops it, and leaves the terminal as it was
 */
export function followKeys(
  { streams }: Pick<Console, 'streams'>,
  onSignal: (signal: Signal) => void,
): () => void {
  const { input, output } = streams;
  const listen = () => {
    input.setRawMode(true);
    input.resume();
    input.on('keypress', hear);
    output.on('resize', resized);
  };
  const leave = () => {
    input.off('keypress', hear);
    output.off('resize', resized);
    input.setRawMode(false);
    input.pause();
  };
  let stopped = false;
  const suspend = async () => {
    leave();
    await suspended(output);
    if (stopped) return;
    listen();
    onSignal('resumed');
  };
  const hear = (text: string | undefined, key: Key) => {
    if (isSuspension(key)) void suspend();
    else onSignal(isInterrupt(key) ? 'interrupted' : { key: keyName(text, key) });
  };
  const resized = () => onSignal('resized');
  emitKeypressEvents(input);
  listen();
  return () => {
    stopped = true;
    leave();
  };
}

/** The name under which the menus know a key. */
export function keyName(text: string | undefined, key: Key): string {
  if (key.name === 'enter') return 'return';
  return key.name && (key.name.length > 1 || key.name === text) ? key.name : (text ?? '');
}

/** Whether it is Ctrl-Z. */
export function isSuspension(key: Key): boolean {
  return key.ctrl === true && key.name === 'z';
}

function isInterrupt(key: Key): boolean {
  return key.ctrl === true && (key.name === 'c' || key.name === 'd');
}
