import { commandText, fail, quote, type Task } from '#grading';
import type { Server } from '#vocabulary/http/server';
import { keyOf, type Product } from './product';
import type { Shop } from './shop';

/**
 * The product's key is there once one was reserved.
 * @throws CheckFailure naming the key that was set in its place
 */
export async function expectKept(task: Task, shop: Shop, product: Product): Promise<void> {
  const key = keyOf(product);
  const keys = await task.redis.keys();
  if (keys.includes(key)) return;
  const sent = shop.reserving.map(({ words }) => words);
  const other = keys.find((name) => sent.some((words) => words.includes(name)));
  fail({
    class: 'wrong-data',
    message:
      other === undefined
        ? `Reserving product ${product.itemId} does not set the key ${quote(key)} in Redis: the stock is kept somewhere else.`
        : `The stock of product ${product.itemId} is kept in Redis under ${quote(other)}; the task's key is ${quote(key)}.`,
    next: 'Count under the key item.ITEM_ID, such as item.1, and read the same one.',
    expected: key,
    seen: keys.join('\n'),
    at: sent.length > 0 ? sent.map((sends) => ({ sends })) : [{ names: ['reserveStockById'] }],
    ...(other === undefined ? {} : { compared: [key, other] as const }),
  });
}

/**
 * A server starts on a Redis where some are sold already: it leaves their numbers alone.
 * @param start starts it
 * @throws CheckFailure naming the command that changes one
 */
export async function expectStartedBeside(
  shop: Shop,
  sold: readonly Product[],
  start: () => Promise<Server>,
): Promise<Server> {
  const before = new Map<Product, string | undefined>();
  for (const product of sold) before.set(product, await shop.textOf(keyOf(product)));
  const server = await start();
  for (const [product, value] of before) {
    const key = keyOf(product);
    const now = await shop.textOf(key);
    if (now === value) continue;
    const commands = server.running.commands().filter(([name = '']) => /^(?!GET)/.test(name));
    const change =
      commands.find((words) => words[1] === key) ??
      commands.find(([name = '']) => /^(?:FLUSH|DEL|UNLINK|MSET|EVAL)/.test(name));
    const by = change === undefined ? '' : ` by ${quote(commandText(change))}`;
    fail({
      class: 'wrong-data',
      message: `A server that starts while others sell changes ${quote(key)} from ${value} to ${now ?? 'nothing'}${by}.`,
      next: "Leave what is there: where the key needs a first value, set it with the option { condition: 'NX' }, and delete nothing.",
      at: [
        ...(change === undefined ? [] : [{ sends: change }]),
        { calls: ['flushAll', 'flushDb', 'FLUSHALL', 'FLUSHDB', 'del'] },
      ],
      expected: String(value),
      seen: String(now ?? 'nothing'),
    });
  }
  return server;
}

/**
 * What is shown and sold follows the key: with the value that it had when one was left, one is left.
 * @param value that value
 */
export async function expectFollowed(
  task: Task,
  shop: Shop,
  servers: readonly [Server, Server],
  product: Product,
  value: string,
): Promise<void> {
  await task.redis.set(keyOf(product), value);
  shop.sell(product, -1);
  const next =
    'Keep no copy of the number in memory: ask Redis for it each time, and let Redis count.';
  const when = `With ${value} in ${keyOf(product)}, as after the sale before the last`;
  for (const server of servers) await shop.expectShown(server, product, when, next);
  await shop.expectConfirmed(servers[0], product);
  await shop.expectRefused(servers[1], product);
}
