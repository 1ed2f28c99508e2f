import { randomBytes } from 'node:crypto';
import type { Listener } from '../../class/worker/worker-event';
import { UsageError } from '../../course/usage-error';
import type { Session } from '../session';

/** What is shown of workers to whoever is not at this terminal: a log, and a board. */
export interface OutsideView {
  /** Takes what workers tell. */
  tell: Listener;
  close(): void;
}

/**
 * Opens what --log and --board ask for; nothing is loaded without them.
 * @param url of the queue's Redis
 * @throws UsageError if WORKBOOK_BOARD_TOKEN is too short, EnvironmentError if the port cannot be had
 */
export async function openOutsideView(
  session: Session,
  url: string,
  queue: string,
): Promise<OutsideView> {
  const { log, board: port } = session.options;
  const listeners: Listener[] = [];
  const closings: (() => void)[] = [];
  if (log) {
    const { logLine } = await import('../../class/event-log');
    const { errors } = session.streams;
    listeners.push((event) => errors.write(logLine(event)));
    // So that every line there is one of the log.
    closings.push(session.divertNotes((text) => errors.write(logLine({ event: 'note', text }))));
  }
  if (port !== undefined) {
    const { token, isOwn } = boardToken(session);
    const { Board } = await import('../../class/board/board');
    const board = await Board.open({ port, token, url, queue });
    listeners.push(board.tell);
    closings.push(() => board.close());
    const address = `${board.address}${isOwn ? `?token=${token}` : ''}`;
    session.note(`Open ${address} to see the queue${isOwn ? '' : ', with the token given'}.`);
  }
  return {
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
    close: () => {
      for (const close of closings.reverse()) close();
    },
  };
}

/** A new one each time, or the one that is given for a service. @throws UsageError if that is too short */
function boardToken({ env }: Session): { token: string; isOwn: boolean } {
  const { WORKBOOK_BOARD_TOKEN: given } = env;
  if (!given) return { token: randomBytes(24).toString('base64url'), isOwn: true };
  if (/^[\w.~+/-]{16,}$/.test(given)) return { token: given, isOwn: false };
  throw new UsageError(
    'WORKBOOK_BOARD_TOKEN can be guessed, or holds what no header takes.',
    'Give it 16 letters or digits at least, such as from "openssl rand -hex 24", or leave it out.',
  );
}
