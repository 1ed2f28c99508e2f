import { signal } from '@preact/signals';
import type { PageEvent } from '../../protocol';
import { eventsUrl, Refused, server } from './server';

/** How the page stands with the workbook: `gone` comes back by itself, `stale` never. */
export type Connection = 'connecting' | 'open' | 'gone' | 'stale';

export const connection = signal<Connection>('connecting');

type Listener = (event: PageEvent) => void;

const listeners = new Set<Listener>();
let start: string | undefined;

/** Hears what the server tells. @returns ends that */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Connects, and again whenever the line breaks. */
export function connect(): void {
  const source = new EventSource(eventsUrl);
  source.onopen = () => {
    connection.value = 'open';
  };
  source.onmessage = ({ data }) => {
    // Of the same start as this script, as all that the server says.
    const event = JSON.parse(data) as PageEvent;
    if (event.kind === 'hello') {
      const again = start !== undefined && start !== event.start;
      start = event.start;
      if (again) for (const listener of listeners) listener({ kind: 'missed' });
    }
    for (const listener of listeners) listener(event);
  };
  source.onerror = () => {
    if (connection.value === 'stale') return;
    connection.value = 'gone';
    // The browser gives up for good where the answer was none that it can read.
    if (source.readyState === EventSource.CLOSED) void tryAgain(source);
  };
}

async function tryAgain(source: EventSource): Promise<void> {
  source.close();
  try {
    await server.state();
  } catch (error) {
    if (error instanceof Refused && error.status === 401) {
      connection.value = 'stale';
      return;
    }
  }
  setTimeout(connect, patience);
}

/** In milliseconds. */
const patience = 1000;
