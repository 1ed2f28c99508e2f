import { fail, quote, RedisReplyError, type Task } from '#grading';
import { isSameJson } from '#vocabulary/http/json-answer';
import type { Server } from '#vocabulary/http/server';
import { keyOf, type Product } from './product';

/** Commands that leave a key as it is. */
const reading = new Set(['GET', 'MGET', 'EXISTS', 'TYPE', 'TTL', 'PTTL', 'STRLEN', 'GETRANGE']);

/** What a learner's 9-stock keeps in Redis under the products' keys. What a number means there is its choice. */
export class StockKeys {
  readonly #task: Task;
  readonly #server: Server;
  /** What Redis held under a product's key after its first reservation, where that is text. */
  readonly #afterFirst = new Map<Product, string>();
  /** What the first reservation of a product wrote. */
  readonly #firstWrite = new Map<Product, string[]>();

  constructor(task: Task, server: Server) {
    this.#task = task;
    this.#server = server;
  }

  /**
   * Remembers what the key holds: the product was reserved once.
   * @param writes what the reservation wrote
   */
  async note(product: Product, [write]: readonly string[][]): Promise<void> {
    if (write) this.#firstWrite.set(product, write);
    await this.#server.waitForIdle();
    const value = await this.#textOf(keyOf(product));
    if (value !== undefined) this.#afterFirst.set(product, value);
  }

  /**
   * The key was set at each reservation, for good; all of the product's stock is reserved.
   * @throws CheckFailure naming the key that was set in its place
   */
  async expectSet(product: Product): Promise<void> {
    const key = keyOf(product);
    const commands = this.#server.running.commands();
    const writes = commands.filter(
      ([name, ...words]) => !reading.has(name ?? '') && words.includes(key),
    );
    await this.#task.redis.expectNoExpiry(key);
    if (writes.length >= product.initialAvailableQuantity) return;
    const write = this.#firstWrite.get(product);
    const other = write?.[1];
    fail({
      class: 'wrong-data',
      message:
        other === undefined
          ? `Reserving product ${product.itemId} does not set the key ${quote(key)} in Redis: the stock is kept somewhere else.`
          : `The stock of product ${product.itemId} is kept in Redis under ${quote(other)}; the task's key is ${quote(key)}.`,
      next: 'In reserveStockById, set the key item.ITEM_ID, such as item.1, and read the same one.',
      expected: key,
      seen: (await this.#task.redis.keys()).join('\n'),
      at: write
        ? [{ sends: write }, { names: ['reserveStockById'] }]
        : [{ names: ['reserveStockById'] }],
      compared: other === undefined ? undefined : [key, other],
    });
  }

  /**
   * The product's page follows what the key holds.
   * @throws CheckFailure where the number comes from somewhere else
   */
  async expectRead(product: Product): Promise<void> {
    const before = this.#afterFirst.get(product);
    const key = keyOf(product);
    const now = await this.#textOf(key);
    if (before === undefined || now === undefined || product.initialAvailableQuantity < 2) return;
    const memory = {
      class: 'wrong-data' as const,
      at: { names: [key] },
      next: 'Keep the number in Redis alone: set it in reserveStockById, and read it back in getCurrentReservedStockById.',
    };
    if (before === now) {
      fail({
        ...memory,
        message: `The key ${quote(key)} holds ${quote(now)} after one reservation and after ${product.initialAvailableQuantity}: the stock is not kept there.`,
      });
    }
    // The learner's own value from then: the page must be the one of then, too.
    await this.#task.redis.set(key, before);
    const { json, body } = await this.#server.get(`/list_products/${product.itemId}`);
    await this.#task.redis.set(key, now);
    const currentQuantity = product.initialAvailableQuantity - 1;
    if (isSameJson(json, { ...product, currentQuantity })) return;
    fail({
      ...memory,
      message: `The quantity shown for product ${product.itemId} does not follow what Redis holds under ${quote(key)}: it is kept in memory.`,
      expected: JSON.stringify({ ...product, currentQuantity }),
      seen: body,
    });
  }

  async #textOf(key: string): Promise<string | undefined> {
    try {
      const value = await this.#task.redis.command('GET', key);
      return typeof value === 'string' ? value : undefined;
    } catch (error) {
      if (error instanceof RedisReplyError) return undefined; // A hash, say.
      throw error;
    }
  }
}
