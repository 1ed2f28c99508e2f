import { emitKeypressEvents } from 'node:readline';
import { Interruption, type Session } from '../commands/session';
import { typedLine } from './typing';

/** A key as Node's readline tells it. */
export interface Key {
  sequence?: string;
  name?: string;
  ctrl?: boolean;
  meta?: boolean;
}

/** What the terminal tells. */
export type Signal = { key: string } | 'resized' | 'interrupted';

/**
 * Waits for one key.
 * @returns its name, such as `return`, `space`, `up` or `h`; the sign itself where it has none
 * @throws Interruption at Ctrl-C; the signal's reason when the workbook is told to end
 */
export async function pressedKey(session: Session): Promise<string> {
  if (!session.screen.live) return (await typedLine(session, 'Enter goes on: ')) || 'return';
  session.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      stop();
      session.signal.removeEventListener('abort', abort);
      act();
    };
    const abort = () => settle(() => reject(session.signal.reason));
    const stop = followKeys(session, (signal) => {
      if (signal === 'resized') return;
      if (signal === 'interrupted') settle(() => reject(new Interruption('Ctrl-C')));
      else settle(() => resolve(signal.key));
    });
    session.signal.addEventListener('abort', abort);
  });
}

/**
 * Listens to the keyboard, and to the size of the terminal, until it is stopped.
 * @returns stops it, and leaves the terminal as it was
 */
export function followKeys(session: Session, onSignal: (signal: Signal) => void): () => void {
  const { input, output } = session.streams;
  const hear = (text: string | undefined, key: Key) => {
    onSignal(isInterrupt(key) ? 'interrupted' : { key: keyName(text, key) });
  };
  const resized = () => onSignal('resized');
  emitKeypressEvents(input);
  input.setRawMode(true);
  input.resume();
  input.on('keypress', hear);
  output.on('resize', resized);
  return () => {
    input.off('keypress', hear);
    output.off('resize', resized);
    input.setRawMode(false);
    input.pause();
  };
}

/** The name under which the menus know a key. */
export function keyName(text: string | undefined, key: Key): string {
  if (key.name === 'enter') return 'return';
  return key.name && (key.name.length > 1 || key.name === text) ? key.name : (text ?? '');
}

function isInterrupt(key: Key): boolean {
  return key.ctrl === true && (key.name === 'c' || key.name === 'd');
}
