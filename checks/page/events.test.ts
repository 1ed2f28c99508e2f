import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express-v5';
import type { PageEvent } from '../../runner/page/protocol';
import { EventStream } from '../../runner/page/server/event-stream';
import { suite } from '../support/suite';

/* What the server tells without being asked, and what a page gets that comes back after a break. */

const test = suite('page: events');
const hello: PageEvent = { kind: 'hello', start: 'here', readOnly: false };
let events: EventStream;
let server: Server;

test.before.each(async () => {
  events = new EventStream();
  const app = express();
  app.get('/events', (request, response) => events.join(request, response, hello));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
test.after.each(() => {
  events.close();
  server.close();
});

test('a new page is greeted, and hears what is told from then on', async () => {
  events.tell(checking(1));
  const page = await joined();
  assert.deepEqual((await page.next()).event, hello);
  events.tell(checking(2));
  assert.deepEqual((await page.next()).event, checking(2));
  page.leave();
});

test('a page that comes back gets what it missed, once and in order', async () => {
  const page = await joined();
  await page.next();
  events.tell(checking(1));
  const { id } = await page.next();
  page.leave();
  events.tell(checking(2));
  events.tell(checking(3));
  const again = await joined(id);
  assert.deepEqual((await again.next()).event, hello);
  assert.deepEqual((await again.next()).event, checking(2));
  assert.deepEqual((await again.next()).event, checking(3));
  again.leave();
});

test('a page of another start, or one that was away too long, is told to ask for everything', async () => {
  for (let count = 0; count < 2500; count += 1) events.tell(checking(count));
  for (const last of ['0123456789ab-3', `${events.start}-3`, 'nonsense', `${events.start}-x`]) {
    const page = await joined(last);
    assert.deepEqual((await page.next()).event, hello);
    assert.deepEqual((await page.next()).event, { kind: 'missed' }, last);
    page.leave();
  }
});

test('whatever a text holds, an event is one', async () => {
  const page = await joined();
  await page.next();
  const words = 'a\n\ndata: {"kind":"missed"}\r\nid: 7\u2028';
  events.tell({ kind: 'doing', lesson: { course: 'a', id: 'b' }, check: 1, words });
  const { event } = await page.next();
  assert.equal(event.kind === 'doing' && event.words, words);
  page.leave();
});

test('pages are counted while they listen', async () => {
  const page = await joined();
  await page.next();
  assert.equal(events.pages, 1);
  page.leave();
  while (events.pages > 0) await new Promise((resolve) => setImmediate(resolve));
});

test.run();

function checking(check: number): PageEvent {
  return { kind: 'checking', lesson: { course: 'a', id: 'b' }, check };
}

interface Joined {
  next(): Promise<{ id: string; event: PageEvent }>;
  leave(): void;
}

/** Listens as EventSource does. @param last the id of the last event that it got */
async function joined(last?: string): Promise<Joined> {
  const leave = new AbortController();
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/events`, {
    signal: leave.signal,
    ...(last === undefined ? {} : { headers: { 'Last-Event-ID': last } }),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next: Joined['next'] = async () => {
    for (;;) {
      const [, id, data] = /^id: ([^\n]*)\ndata: ([^\n]*)\n\n/m.exec(text) ?? [];
      if (id !== undefined && data !== undefined) {
        text = text.slice(text.indexOf('\n\n', text.indexOf(data)) + 2);
        return { id, event: JSON.parse(data) as PageEvent };
      }
      const piece = await reader?.read();
      if (!piece || piece.done) throw new Error('The stream has ended.');
      text += piece.value;
    }
  };
  return { next, leave: () => leave.abort() };
}
