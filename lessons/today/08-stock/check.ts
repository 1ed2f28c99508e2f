import { check, type Task } from '#grading';
import { expectExpress, Server } from '#vocabulary/http/server';
import { expectPromiseClient } from '#vocabulary/redis/promise-client';
import { Outage } from './check/outage';
import { keyOf, type Product } from './check/product';
import { expectBoth, expectRush } from './check/rush';
import { Shop } from './check/shop';
import { expectFollowed, expectKept, expectStartedBeside } from './check/stock-keys';
import { explainPromises } from './check/unawaited';

const suitcase250 = product(1, 'Suitcase 250', 50, 4);
const suitcase450 = product(2, 'Suitcase 450', 100, 10);
const suitcase650 = product(3, 'Suitcase 650', 350, 2);
const suitcase1050 = product(4, 'Suitcase 1050', 550, 5);
const products = [suitcase250, suitcase450, suitcase650, suitcase1050];

/** A server is not ended while it is asked, in milliseconds. */
const longRun = 300_000;

const nextForPage = 'Show the stock of the product less what Redis says is reserved, as a number.';
const nextForOther =
  'Keep the number in Redis alone: what one server holds in memory the others do not know.';

export default check({
  'today-stock': async (task) => {
    expectExpress(task);
    task.explainBy(explainPromises(task));
    const shop = new Shop(task, products);
    const [one, other] = await Promise.all([start(task), start(task)]);
    await shop.expectList(one);
    for (const product of products) {
      await shop.expectShown(one, product, 'Before the first reservation of it', nextForPage);
    }
    for (const id of ['12', '0', '-1', 'abc']) await shop.expectUnknown(one, id);

    await shop.expectConfirmed(one, suitcase250);
    await shop.expectShown(one, suitcase250, 'After one reservation', nextForPage);
    await expectKept(task, shop, suitcase250);
    await shop.expectShown(
      other,
      suitcase250,
      'After a reservation at another server',
      nextForOther,
    );

    let beforeLast = '';
    for (let count = 1; count <= suitcase1050.initialAvailableQuantity; count += 1) {
      beforeLast = (await shop.textOf(keyOf(suitcase1050))) ?? '';
      await shop.expectConfirmed(count % 2 === 0 ? one : other, suitcase1050);
      await shop.expectShown(one, suitcase1050, `After ${count} reservations`, nextForPage);
    }
    for (const server of [one, other]) await shop.expectRefused(server, suitcase1050);
    await expectFollowed(task, shop, [one, other], suitcase1050, beforeLast);

    const third = await expectStartedBeside(shop, [suitcase250, suitcase1050], () =>
      start(task, { reconnectsSoon: true }),
    );
    for (const product of products) {
      await shop.expectShown(third, product, 'Once another server has started', nextForOther);
    }
    await expectBoth(task, shop, [one, other], suitcase450);
    await expectBoth(task, shop, [one, one], suitcase450);
    await expectRush(task, shop, [one, other]);
    for (const product of products) {
      await shop.expectShown(third, product, 'After 500 customers at once', nextForPage);
      await shop.expectRefused(third, product);
      await task.redis.expectNoExpiry(keyOf(product));
    }

    await task.redis.set(keyOf(suitcase1050), beforeLast);
    shop.sell(suitcase1050, -1);
    const outage = new Outage(task, shop, third);
    await outage.expectRefusalTold(suitcase1050);
    await outage.expectAbsenceTold(suitcase1050);
    await outage.expectServingAgain(suitcase1050);
  },
});

/** Starts the file under check once more, on the same Redis, and waits for its server. */
async function start(task: Task, options: { reconnectsSoon?: true } = {}): Promise<Server> {
  const running = await task.run({ ...options, limits: { time: longRun } });
  await running.waitUntil(() => running.program.servers.size > 0, { timers: 0 });
  running.expectParsed();
  expectPromiseClient(task, running);
  const server = new Server(task, running);
  await server.waitUntilListening();
  return server;
}

function product(
  itemId: number,
  itemName: string,
  price: number,
  initialAvailableQuantity: number,
): Product {
  return { itemId, itemName, price, initialAvailableQuantity };
}
