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

/**
 * Waits for one key.
 * @returns its name, such as `return`, `space`, `up` or `h`; the sign itself where it has none
 * @throws Interruption at Ctrl-C; the signal's reason when the workbook is told to end
 */
export async function pressedKey(session: Session): Promise<string> {
  if (!session.screen.live) return (await typedLine(session, 'Enter goes on: ')) || 'return';
  return key(session);
}

function key(session: Session): Promise<string> {
  const { input } = session.streams;
  const { signal } = session;
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      input.off('keypress', hear);
      signal.removeEventListener('abort', abort);
      input.setRawMode(false);
      input.pause();
      act();
    };
    const abort = () => settle(() => reject(signal.reason));
    const hear = (text: string | undefined, key: Key) => {
      if (isInterrupt(key)) settle(() => reject(new Interruption('Ctrl-C')));
      else settle(() => resolve(keyName(text, key)));
    };
    if (signal.aborted) return reject(signal.reason);
    emitKeypressEvents(input);
    input.setRawMode(true);
    input.resume();
    input.on('keypress', hear);
    signal.addEventListener('abort', abort);
  });
}

/** The name under which the menus know a key. */
export function keyName(text: string | undefined, key: Key): string {
  if (key.name === 'enter') return 'return';
  return key.name && (key.name.length > 1 || key.name === text) ? key.name : (text ?? '');
}

export function isInterrupt(key: Key): boolean {
  return key.ctrl === true && (key.name === 'c' || key.name === 'd');
}
