import assert from 'node:assert/strict';
import net from 'node:net';
import os from 'node:os';
import { OpenedPage, type RawAnswer } from '../support/opened-page';
import { suite } from '../support/suite';

/* Who gets into the page in the browser, and who does not. */

const test = suite('page: the door');
let page: OpenedPage;
test.before(async () => {
  page = await OpenedPage.open();
});
test.after(() => page.close());

test('the token comes in by the address once, and leaves it', async () => {
  const { status, headers } = await page.ask(`/?token=${page.token}`, { headers: host() });
  assert.equal(status, 303);
  assert.equal(headers.location, '/');
  const [cookie = ''] = headers['set-cookie'] ?? [];
  assert.match(cookie, /; HttpOnly/);
  assert.match(cookie, /; SameSite=Strict/);
  const [pair = ''] = cookie.split(';');
  const shell = await page.ask('/', { headers: { ...host(), Cookie: pair } });
  assert.equal(shell.status, 200);
  assert.doesNotMatch(shell.body, new RegExp(page.token));
});

test('without the token, or with another, nothing is given, and a sentence says what to do', async () => {
  const stale = `workbook-${page.port}=${'A'.repeat(32)}`;
  const asked = ['/', `/?token=${'A'.repeat(32)}`, '/?token=', '/main.js', '/page.css'];
  for (const place of [...asked, '/api/state', '/api/events', '/api/nothing']) {
    for (const cookie of ['', stale, `other=${page.token}`]) {
      const answer = await page.ask(place, { headers: { ...host(), Cookie: cookie } });
      assert.equal(answer.status, 401, `${place} with ${cookie}`);
      assert.match(answer.body, /npm start -- open/);
    }
  }
});

test('a name that was made to lead to this machine does not open it', async () => {
  const names = ['evil.example', `evil.example:${page.port}`, '127.0.0.1', `127.0.0.1:1`];
  for (const Host of [...names, `localhost.evil.example:${page.port}`, `[::1]:${page.port}`]) {
    const headers = { Host, Cookie: page.cookie };
    for (const place of ['/', `/?token=${page.token}`, '/api/state', '/api/events']) {
      const answer = await page.ask(place, { headers });
      assert.equal(answer.status, 421, `${place} at ${Host}`);
      assert.equal(answer.headers['set-cookie'], undefined);
    }
  }
});

test('it answers by the two names of this machine', async () => {
  for (const name of ['127.0.0.1', 'localhost']) {
    const headers = { Host: `${name}:${page.port}`, Cookie: page.cookie };
    assert.equal((await page.ask('/api/state', { headers })).status, 200, name);
  }
});

test('another page in the same browser can neither read, nor listen, nor change', async () => {
  const others = [
    'http://evil.example',
    'null',
    'http://127.0.0.1:1',
    `https://127.0.0.1:${page.port}`,
  ];
  for (const Origin of [...others, `http://localhost:${page.port}`]) {
    const headers = { ...host(), Cookie: page.cookie, Origin };
    expectRefused(await page.ask('/api/state', { headers }), Origin);
    expectRefused(await page.ask('/api/events', { headers }), Origin);
    expectRefused(await page.ask(check, { method: 'POST', headers }), Origin);
  }
  for (const site of ['cross-site', 'same-site', 'none']) {
    const headers = { ...host(), Cookie: page.cookie, 'Sec-Fetch-Site': site };
    expectRefused(await page.ask('/api/state', { headers }), site);
    expectRefused(await page.ask('/api/events', { headers }), site);
    expectRefused(await page.ask('/main.js', { headers }), site);
  }
});

test('what changes something needs the page’s own origin: a form of another page sends none, or its own', async () => {
  const headers = { ...host(), Cookie: page.cookie, 'Content-Type': 'text/plain' };
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
    expectRefused(await page.ask(check, { method, headers, body: '{}' }), method);
  }
  expectRefused(await page.ask('/', { method: 'POST', headers, body: '' }), 'a form');
});

test('a link from elsewhere leads to the page itself, and to nothing else', async () => {
  const headers = { ...host(), Cookie: page.cookie, 'Sec-Fetch-Site': 'cross-site' };
  assert.equal((await page.ask('/', { headers })).status, 200);
  expectRefused(await page.ask('/api/lessons/small/key', { headers }), 'a lesson');
});

test('every answer forbids script and style but the page’s own, frames, sniffing and keeping', async () => {
  const answers = await Promise.all(
    ['/', '/main.js', '/page.css', '/api/state', '/nothing', '/api/nothing'].map((place) =>
      page.own(place),
    ),
  );
  answers.push(await page.ask('/', { headers: host() }));
  for (const { headers } of answers) {
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /style-src 'self'(;|$)/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*|nonce/);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['access-control-allow-origin'], undefined);
    assert.equal(headers['x-powered-by'], undefined);
  }
  const { body } = await page.own('/');
  assert.doesNotMatch(body, /<script>|<style|style=|onload=/);
});

test('other machines cannot connect', async () => {
  const addresses = Object.values(os.networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  for (const address of addresses) assert.equal(await connects(address), false, address);
});

test('what is too much, is no JSON, or has another shape is refused with a sentence', async () => {
  const file = '/api/lessons/small/greeting/files/0-greeting';
  const long = await page.own(file, 'PUT', { text: 'x'.repeat(8_000_000), base: '' });
  assert.equal(long.status, 413);
  assert.equal((await page.own(file, 'PUT', { text: 1, base: '' })).status, 400);
  assert.equal((await page.own(file, 'PUT', { text: '', base: '', more: 1 })).status, 400);
  const headers = { ...host(), Cookie: page.cookie, Origin: page.origin };
  const json = { ...headers, 'Content-Type': 'application/json' };
  const broken = await page.ask(file, { method: 'PUT', headers: json, body: '{"text":' });
  assert.equal(broken.status, 400);
  assert.doesNotMatch(broken.body, /node_modules|at .*:\d+/);
});

test('only the files of lessons are written, whatever a path says', async () => {
  const saved = { text: 'x', base: '' };
  for (const name of [
    '..%2f..%2fescape',
    '%2e%2e%2fescape',
    'package.json',
    '1-key',
    '__proto__',
  ]) {
    const place = `/api/lessons/small/greeting/files/${name}`;
    const { status } = await page.own(place, 'PUT', saved);
    assert.ok(status === 400 || status === 404, `${name}: ${status}`);
  }
  for (const lesson of ['course/none', '__proto__/key', '..%2f/key', 'course/constructor']) {
    const { status } = await page.own(`/api/lessons/${lesson}`);
    assert.equal(status, 400, lesson);
  }
});

test.run();

const check = '/api/lessons/small/greeting/check';

function host(): Record<string, string> {
  return { Host: `127.0.0.1:${page.port}` };
}

function expectRefused({ status, body }: RawAnswer, what: string): void {
  assert.equal(status, 403, what);
  assert.match(body, /another page/);
}

function connects(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port: page.port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
