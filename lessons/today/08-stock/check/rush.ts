import { commandText, fail, type NextStep, quote, type Task, type WireCommand } from '#grading';
import type { Answer } from '#vocabulary/http/answer';
import { isSameJson } from '#vocabulary/http/json-answer';
import { askInLockstep } from '#vocabulary/http/lockstep';
import type { Server } from '#vocabulary/http/server';
import { confirmed, keyOf, type Product, soldOut } from './product';
import type { Shop } from './shop';

/** How many reservations come at once. */
const customers = 500;

/** So few do not keep a server busy for long, and still want more of each product than there are. */
const fewest = 64;

function where(count: number): string {
  return `With ${count} customers at once`;
}

/**
 * Two want one at the same moment, and there are enough for both: both get it.
 * @throws CheckFailure where one is refused, or answered with an error
 */
export async function expectBoth(
  task: Task,
  shop: Shop,
  servers: readonly [Server, Server],
  product: Product,
): Promise<void> {
  const path = `/reserve_product/${product.itemId}`;
  const answers = await askInLockstep(servers.map((server) => ({ server, path })));
  for (const [index, one] of answers.entries()) {
    const when = 'With two customers at once';
    const answer = at(servers, index).expectAnswered(one, path, undefined, when);
    if (isSameJson(answer.json, confirmed(product))) continue;
    const isRefused = isSameJson(answer.json, soldOut(product));
    const left = shop.left(product);
    // Who is refused alone, too, is not refused because of another.
    if (isRefused) await shop.expectConfirmed(at(servers, index), product);
    fail({
      class: 'wrong-answer',
      message: isRefused
        ? `${when}, ${answer.request} is refused though ${left} are left for the two.`
        : `${when}, ${answer.request} answers ${answer.status} and ${quote(answer.body.slice(0, 80))}, though Redis is there.`,
      next: nextIfLost(task),
      at: [{ calls: ['exec', 'EXEC'] }, { route: path }],
      expected: `2 × ${JSON.stringify(confirmed(product))}`,
      seen: answer.body,
    });
  }
  shop.sell(product, 2);
}

/**
 * Five hundred want a product at the same moment, over all servers: as many get it as there are. A server that
 * gives a command up while so many are served may have got what it asked for, and does not know: where any is
 * busy like that and too few are sold, the same begins again with half as many.
 * @throws CheckFailure naming the product, and what lets too many or too few through
 */
export async function expectRush(
  task: Task,
  shop: Shop,
  servers: readonly Server[],
): Promise<void> {
  const { products } = shop;
  const before = await Promise.all(products.map((product) => shop.textOf(keyOf(product))));
  for (let count = customers; ; count = Math.ceil(count / 2)) {
    const { sellers, isBusy } = await rush(shop, servers, count);
    for (const product of products) {
      const sold = sellers.get(product) ?? [];
      if (sold.length > shop.left(product)) failOversold(shop, product, sold, count);
    }
    const short = products.find(
      (product) => (sellers.get(product) ?? []).length < shop.left(product),
    );
    if (!short) break;
    if (!isBusy || count <= fewest) failUndersold(task, short, shop.left(short), count);
    for (const [index, product] of products.entries()) {
      const number = before[index];
      if (number !== undefined) await task.redis.set(keyOf(product), number);
    }
  }
  for (const product of products) shop.sell(product, shop.left(product));
}

interface Rush {
  /** The servers that sold a product, once for each that they sold. */
  sellers: Map<Product, Server[]>;
  /** Whether any was so busy that it answered 503. */
  isBusy: boolean;
}

async function rush(shop: Shop, servers: readonly Server[], count: number): Promise<Rush> {
  const { products } = shop;
  const asked = Array.from({ length: count }, (_, index) => {
    const product = at(products, index);
    const server = at(servers, Math.floor(index / products.length));
    return { product, server, path: `/reserve_product/${product.itemId}` };
  });
  const answers = await askInLockstep(asked);
  const sellers = new Map<Product, Server[]>();
  let isBusy = false;
  for (const [index, { product, server, path }] of asked.entries()) {
    let answer = server.expectAnswered(at(answers, index), path, undefined, where(count));
    // A pool of connections may be too busy to serve everybody in time: those come again.
    if (answer.status === 503) {
      isBusy = true;
      answer = await server.get(path);
    }
    if (isSameJson(answer.json, confirmed(product))) {
      sellers.set(product, [...(sellers.get(product) ?? []), server]);
    } else if (!isSameJson(answer.json, soldOut(product))) failOver(answer, count);
  }
  return { sellers, isBusy };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new RangeError('The list is empty.');
  return found;
}

function failOversold(
  shop: Shop,
  product: Product,
  sellers: readonly Server[],
  count: number,
): never {
  const left = shop.left(product);
  const { why, next, at } = reasonOf(shop, product, sellers);
  fail({
    class: 'wrong-data',
    message: `${where(count)}, more of product ${product.itemId} are sold than the ${left} that are left: ${why}.`,
    next,
    at,
    expected: `${left} × ${JSON.stringify(confirmed(product))}`,
    seen: `more than ${left} × ${JSON.stringify(confirmed(product))}`,
  });
}

interface Reason {
  /** The end of a sentence. */
  why: string;
  next: NextStep;
  at: readonly ({ sends: readonly string[] } | { route: string } | { calls: readonly string[] })[];
}

/** What lets too many through, by what one reservation sends. */
function reasonOf(shop: Shop, product: Product, sellers: readonly Server[]): Reason {
  const { reserving } = shop;
  const route = { route: `/reserve_product/${product.itemId}` };
  const inEach = [...new Set(sellers)].map(
    (server) => sellers.filter((one) => one === server).length,
  );
  if (reserving.some(({ words: [name] }) => name === 'WATCH')) {
    return {
      why: 'WATCH holds for a connection, all requests share it, and the EXEC of one ends the WATCH of the others',
      next: {
        says: 'Give each transaction a connection of its own: createClientPool(), and pool.execute(async (client) => …).',
        unless: ['createClientPool($$$)', '$.duplicate($$$)'],
        otherwise:
          'Send WATCH, the read and EXEC over one connection that no other request uses meanwhile.',
      },
      at: [{ calls: ['watch', 'WATCH'] }, route],
    };
  }
  const [read, write] = [reserving.find(isReading), reserving.findLast(isWriting)];
  if (inEach.length > 1 && inEach.every((count) => count <= shop.left(product))) {
    return {
      why: 'each server by itself sells no more than there is, and they do not see each other',
      next: 'What keeps requests apart in memory holds for one process. Leave it to Redis: one command that counts and answers, a transaction with WATCH, or a script.',
      at: [...(write ? [{ sends: write.words }] : []), route],
    };
  }
  if (!read || !write) {
    return {
      why: 'what decides is not what Redis answers to the step that counts',
      next: 'Let the answer of INCR or DECR decide: no two callers get the same number.',
      at: [...(write ? [{ sends: write.words }] : []), route],
    };
  }
  return {
    why: `between ${quote(commandText(read.words))} and ${quote(commandText(write.words))} of one request all others read the same number`,
    next: 'Do both in one step of Redis: let the answer of INCR or DECR decide, or use WATCH and MULTI, or a script.',
    at: [{ sends: read.words }, { sends: write.words }, route],
  };
}

function failUndersold(task: Task, product: Product, left: number, count: number): never {
  const route = `/reserve_product/${product.itemId}`;
  fail({
    class: 'wrong-data',
    message: `${where(count)}, fewer of product ${product.itemId} are sold than the ${left} that are left, though ${Math.floor(count / 4)} ask for it.`,
    next: nextIfLost(task),
    at: [{ calls: ['exec', 'EXEC'] }, { route }],
    expected: `${left} × ${JSON.stringify(confirmed(product))}`,
    seen: `fewer than ${left} × ${JSON.stringify(confirmed(product))}`,
  });
}

function nextIfLost({ source }: Task): NextStep {
  return source.countCalls('watch') + source.countCalls('WATCH') > 0
    ? 'If exec() throws a WatchError, somebody else was faster, and more may be left: begin again with watch(), until it goes through or nothing is left.'
    : 'Refuse only if Redis says that nothing is left, not because somebody else is reserving at that moment.';
}

function failOver(answer: Answer, count: number): never {
  fail({
    class: 'wrong-answer',
    message: `${where(count)}, ${answer.request} answers ${answer.status} and ${quote(answer.body.slice(0, 80))}, though Redis is there.`,
    next: 'See what the error handler gets then: print error.message in it. A WatchError means: begin again.',
    at: [{ calls: ['watch', 'WATCH'] }, { route: answer.path }],
    seen: answer.body,
  });
}

function isReading({ words: [name = ''] }: WireCommand): boolean {
  return /^(?:GET|MGET|HGET|HGETALL|EXISTS|HMGET)$/.test(name);
}

function isWriting({ words: [name = ''] }: WireCommand): boolean {
  return /^(?:SET|SETEX|PSETEX|SETNX|GETSET|MSET|INCR|INCRBY|DECR|DECRBY|HSET|HINCRBY)$/.test(name);
}
