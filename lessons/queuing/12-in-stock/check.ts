import { check } from '#grading';
import { expectExpress } from '#vocabulary/http/server';
import type { Product } from './check/product';
import { Shop } from './check/shop';

const suitcase250 = product(1, 'Suitcase 250', 50, 4);
const suitcase450 = product(2, 'Suitcase 450', 100, 10);
const suitcase650 = product(3, 'Suitcase 650', 350, 2);
const suitcase1050 = product(4, 'Suitcase 1050', 550, 5);
const products = [suitcase250, suitcase450, suitcase650, suitcase1050];

export default check({
  '9-stock': async (task) => {
    const shop = await Shop.open(task, products);
    await shop.expectList();
    for (const product of products) await shop.expectShown(product);

    for (const id of ['12', '0', '-1', '12.5', 'abc']) await shop.expectUnknown(id);
    await shop.expectFractionRead(suitcase250);

    for (const product of [suitcase250, suitcase650, suitcase1050, suitcase450]) {
      await shop.expectSellOut(product);
    }
    await shop.expectListUnchanged();
    await shop.expectStockInRedis();

    expectExpress(task);
    task.source.expectPromisify();
    task.source.expectAsync();
    task.source.expectFunction('getItemById');
    task.source.expectFunction('reserveStockById');
    task.source.expectFunction('getCurrentReservedStockById');
  },
});

function product(
  itemId: number,
  itemName: string,
  price: number,
  initialAvailableQuantity: number,
): Product {
  return { itemId, itemName, price, initialAvailableQuantity };
}
