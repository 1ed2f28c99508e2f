import {
  fail,
  isObject,
  isWritten,
  type NextStep,
  quote,
  RedisReplyError,
  type Source,
  type Task,
  ts,
  type WireCommand,
  waitUntilHeldUp,
} from '#grading';
import type { Answer } from '#vocabulary/http/answer';
import { expressPage } from '#vocabulary/http/express-page';
import { isSameJson } from '#vocabulary/http/json-answer';
import type { Server } from '#vocabulary/http/server';
import { keyOf, type Product } from './product';
import type { Shop } from './shop';

const unavailable = { status: 'Redis is not available' };

/** How long an answer may take while Redis is away, in milliseconds: twice what the task says. */
const soon = 2_000;

/** How long a client may take to find its way back, in milliseconds. */
const wayBack = 20_000;

/** So often a client tries to come back while Redis is away: with a second or two between, for a minute. */
const tries = 30;

/** How long that may take, in milliseconds. */
const longAway = 10_000;

/** So many turns of its event loop after that time, a timer that is due has come and was acted on. */
const turns = 4;

/**
 * A server while Redis refuses commands, is away, and is back. Its clients wait for next to nothing
 * before they try to connect again.
 */
export class Outage {
  readonly #task: Task;
  readonly #shop: Shop;
  readonly #server: Server;

  constructor(task: Task, shop: Shop, server: Server) {
    this.#task = task;
    this.#shop = shop;
    this.#server = server;
  }

  /**
   * Redis refuses a command: the key holds something that can be neither read nor counted. A few
   * commands take it all the same, as MGET does: then nothing was refused, and nothing is asked.
   */
  async expectRefusalTold(product: Product): Promise<void> {
    const { redis, sandbox } = this.#task;
    const { name } = this.#server.running;
    const key = keyOf(product);
    const value = (await this.#shop.textOf(key)) ?? '0';
    await redis.command('DEL', key);
    await redis.command('RPUSH', key, 'no number');
    const where = 'While Redis refuses the command';
    for (const path of pathsOf(product)) {
      const before = sandbox.journal.commands(name).length;
      const answer = await this.#server.get(path, this.#next, where);
      const sent = sandbox.journal.commands(name).slice(before);
      const isRefused = sent.some(({ reply }) => holdsError(reply));
      if (isRefused || answer.status !== 200) this.#expectUnavailable(answer, where);
    }
    await redis.command('DEL', key);
    await redis.set(key, value);
    await this.#expectShown(product, 'After Redis refused a command');
  }

  /** Redis goes, in the middle of a request and for a while: each answer is 503, and comes at once. */
  async expectAbsenceTold(product: Product): Promise<void> {
    const { tap } = this.#server.running.program;
    const [page, reservation] = pathsOf(product);
    tap.keepBack();
    const caught = this.#server.ask(page, wayBack);
    await caught.sent;
    await waitUntilHeldUp([this.#server.running]);
    tap.refuse();
    tap.keepNothing();
    await this.#expectSoon(caught, page, 'When Redis goes in the middle of it');
    const where = 'While Redis is away';
    for (const path of [page, reservation]) {
      await this.#expectSoon(this.#server.ask(path, wayBack), path, where);
    }
    const list = '/list_products';
    const answer = await this.#inTime(this.#server.ask(list, wayBack), list, where);
    if (isSameJson(answer.json, this.#shop.products)) return this.#stayAway();
    fail({
      class: 'wrong-answer',
      message: `${where}, GET ${list} answers ${answer.status} and ${quote(answer.body.slice(0, 80))}; the list needs no Redis.`,
      next: 'Let the route of the list answer with listProducts alone, and ask Redis nothing.',
      at: { route: list },
      expected: JSON.stringify(this.#shop.products),
      seen: answer.body,
    });
  }

  /** Long enough for a client to give up, if it is told to do so some time. */
  async #stayAway(): Promise<void> {
    if (!this.#hasStrategy) return;
    const { program } = this.#server.running;
    const most = program.attempts + tries;
    const isOver = () => program.attempts >= most;
    await this.#server.running.waitUntil(isOver, { timers: 0, limit: longAway });
  }

  /** Redis is back: the server serves again, without being started anew. */
  async expectServingAgain(product: Product): Promise<void> {
    const { running } = this.#server;
    const { program } = running;
    const { journal } = this.#task.sandbox;
    const [page] = pathsOf(product);
    await program.tap.accept();
    const deadline = performance.now() + wayBack;
    while (performance.now() < deadline) {
      const { connections } = program.tap;
      // It is asked whether or not a client is back: one may be made for each request.
      const answer = await this.#server.ask(page, wayBack).answer;
      if (!(answer instanceof Error) && answer.status === 200) {
        await this.#expectNothingDoneLater(product, answer);
        await this.#expectShown(product, 'With Redis back');
        await this.#shop.expectConfirmed(this.#server, product);
        return;
      }
      const triesAgain = () => program.tap.connections > connections;
      await journal.until(triesAgain, 100);
      // A client that has given up has no timer left, and comes to rest.
      await running.waitUntil(() => program.tap.open > 0 || triesAgain(), {
        timers: 0,
        limit: deadline - performance.now(),
      });
      if (program.tap.open === 0 || program.exit) break;
      await this.#server.waitForIdle();
    }
    this.#expectAlive('When Redis is back', page);
    fail({
      class: 'wrong-answer',
      message: `With Redis back, GET ${page} still answers no product: the client does not find back.`,
      next: this.#hasStrategy
        ? 'Let reconnectStrategy give a number of milliseconds each time, or leave it out: with false, or an error, the client gives up for good.'
        : 'Keep one client open as long as the server runs: what closes it, or makes it give up, has to go.',
      at: [{ names: ['reconnectStrategy'] }, { calls: ['createClient', 'createClientPool'] }],
    });
  }

  /** What was answered with 503 stays undone. */
  async #expectNothingDoneLater(product: Product, answer: Answer): Promise<void> {
    const shown = isObject(answer.json) ? answer.json.currentQuantity : undefined;
    const left = this.#shop.left(product);
    if (shown !== left - 1) return;
    fail({
      class: 'wrong-data',
      message: `A reservation that was answered with 503 is made when Redis is back: ${left} were left, and ${shown} are shown.`,
      next: 'Take the command out of the client’s queue as well, where it waits on: createClient({ disableOfflineQueue: true }) keeps none, and commandOptions: { timeout: 500 } drops it.',
      at: [{ calls: ['createClient', 'createClientPool'] }, { route: pathsOf(product)[1] }],
      expected: JSON.stringify({ ...product, currentQuantity: left }),
      seen: answer.body,
    });
  }

  async #expectShown(product: Product, when: string): Promise<void> {
    const next = 'Take the number from Redis each time the page is asked for.';
    await this.#shop.expectShown(this.#server, product, when, next);
  }

  async #expectSoon(
    request: ReturnType<Server['ask']>,
    path: string,
    where: string,
  ): Promise<void> {
    this.#expectUnavailable(await this.#inTime(request, path, where), where);
  }

  /** Whatever its clock is told to wait for, the server answers within the time. */
  async #inTime(request: ReturnType<Server['ask']>, path: string, where: string): Promise<Answer> {
    const { program } = this.#server.running;
    const { journal } = this.#task.sandbox;
    const over = () => request.done || program.exit !== undefined;
    await request.sent;
    // It is taken by now: what it waits for is under way.
    for (let turn = 0; turn < turns && !over(); turn += 1) await program.state();
    await journal.until(over, soon, this.#task.signal);
    for (let turn = 0; turn < turns && !over(); turn += 1) await program.state();
    await journal.until(over, 0);
    if (!request.done) {
      this.#expectAlive(`${where}, GET ${path}`, path);
      request.giveUp('it waits for Redis');
      fail({
        class: 'time-out',
        message: `${where}, GET ${path} gets no answer within ${soon / 1000} seconds.`,
        next: this.#nextIfLate,
        at: [{ calls: ['createClient', 'createClientPool'] }, { route: path }],
        expected: `503 ${JSON.stringify(unavailable)}`,
      });
    }
    const got = await request.answer;
    // A server that has died closes its connections first.
    if (got instanceof Error) await journal.until(() => program.exit !== undefined, soon);
    this.#expectAlive(`${where}, GET ${path}`, path);
    const answer = this.#server.expectAnswered(got, path, this.#nextIfDead, where);
    return answer;
  }

  #expectUnavailable(answer: Answer, where: string): void {
    if (answer.status === 503 && isSameJson(answer.json, unavailable)) return;
    const sides = {
      expected: `503 ${JSON.stringify(unavailable)}`,
      seen: `${answer.status} ${answer.body}`,
    };
    const page = expressPage(answer);
    if (page) {
      fail({
        class: 'wrong-answer',
        message: `${where}, ${answer.request} answers with Express’s own page for errors, and the status code ${answer.status}.`,
        next: this.#next,
        at: [
          hasErrorHandler(this.#task.source)
            ? { code: '$.use(($, $, $, $) => $)' }
            : { calls: ['use'], only: true },
          { route: answer.path },
        ],
        ...sides,
      });
    }
    const shown = answer.body.length > 80 ? `${answer.body.slice(0, 77)}…` : answer.body;
    fail({
      class: 'wrong-answer',
      message: `${where}, ${answer.request} answers ${answer.status} and ${quote(shown)}.`,
      next: {
        says: "Answer with response.status(503).json({ status: 'Redis is not available' }) if a command fails.",
        unless: '$.status(503)',
        otherwise:
          "Answer with 503 and { status: 'Redis is not available' } on every way that an error of Redis takes: let none of them become a value such as 0.",
      },
      at: [
        { code: `$.sendStatus(${answer.status})` },
        { code: `$.status(${answer.status})` },
        { route: answer.path },
      ],
      ...sides,
    });
  }

  #expectAlive(name: string, path: string): void {
    const { program } = this.#server.running;
    const [error] = program.errors;
    if (error && !isWritten(this.#task.source, "$.on('error', $$$)")) {
      fail({
        class: 'crash',
        message: `${name} makes the server crash with ${quote(`${error.name}: ${error.message}`)}: nothing listens to the errors of the client.`,
        next: this.#nextIfDead,
        at: { calls: ['createClient', 'createClientPool'] },
      });
    }
    if (program.exit && !error && program.exit.by === undefined) {
      fail({
        class: 'crash',
        message: `${name} ends the server.`,
        next: 'Let the server live on: an error of Redis is answered, and nothing calls process.exit().',
        at: { calls: ['exit'] },
      });
    }
    this.#server.expectNoCrash({ name, path, next: this.#nextIfDead, arranged: true });
  }

  /** Whether this file, or one beside it, says when the client tries again. */
  get #hasStrategy(): boolean {
    return this.#task.source.files.some((file) => file.mentions('reconnectStrategy'));
  }

  get #next(): NextStep {
    return hasErrorHandler(this.#task.source)
      ? 'Put the error handler behind the last route, and let no route catch the error before it.'
      : 'Write an error handler behind the last route: app.use((error, request, response, next) => …). Express 5 hands it what an async route throws, and knows it by its four parameters.';
  }

  get #nextIfDead(): NextStep {
    return {
      says: "Give the client a listener: client.on('error', (error) => …). Without one, its first error ends the program.",
      unless: "$.on('error', $$$)",
      otherwise: 'Give each client such a listener, also a pool and what duplicate() made.',
    };
  }

  get #nextIfLate(): NextStep {
    return this.#task.source.mentions('disableOfflineQueue')
      ? 'See that each client has the option disableOfflineQueue, and that each way through the route answers if a command fails.'
      : 'Commands wait in the client while it is offline: createClient({ disableOfflineQueue: true }) refuses them at once.';
  }
}

function pathsOf({ itemId }: Product): [string, string] {
  return [`/list_products/${itemId}`, `/reserve_product/${itemId}`];
}

/** Whether it is an error, or a transaction's list with one in it. */
function holdsError(reply: WireCommand['reply']): boolean {
  return reply instanceof RedisReplyError || (Array.isArray(reply) && reply.some(holdsError));
}

/** Express knows one by its four parameters. */
function hasErrorHandler(source: Source): boolean {
  return source.nodes.some((node) => ts.isFunctionLike(node) && node.parameters.length === 4);
}
