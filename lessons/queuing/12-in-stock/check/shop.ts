import {
  fail,
  isObject,
  type NextStep,
  notFilledIn,
  placeholderIn,
  quote,
  type RoutePlace,
  slipIn,
  type Task,
  type WireCommand,
} from '#grading';
import type { Answer } from '#vocabulary/http/answer';
import { hasNoRoute } from '#vocabulary/http/express-page';
import {
  expectJsonAnswer,
  expectOwnRoute,
  expectSameJson,
  isSameJson,
} from '#vocabulary/http/json-answer';
import { type Server, serve } from '#vocabulary/http/server';
import { whyNotFound } from './not-found';
import { keyOf, type Product } from './product';
import { type Fault, isNamed, quantityFault } from './quantity';
import { StockKeys } from './stock-keys';
import { type Traffic, writesOf } from './traffic';

const notFound = { status: 'Product not found' };

const nextWhereNone =
  'If getItemById finds nothing, answer {"status":"Product not found"} and return.';

/** A learner's 9-stock at work: what was reserved so far, and the words for what it must answer. */
export class Shop {
  readonly #task: Task;
  readonly #server: Server;
  readonly #products: readonly Product[];
  readonly #reserved = new Map<Product, number>();
  readonly #keys: StockKeys;
  /** What Redis got because of the last reservation, and of the one before it of the same product. */
  #reserving: readonly WireCommand[] = [];
  #before: readonly WireCommand[] = [];

  private constructor(task: Task, server: Server, products: readonly Product[]) {
    this.#task = task;
    this.#server = server;
    this.#products = products;
    this.#keys = new StockKeys(task, server);
  }

  /** Starts the file under check and waits for its server. */
  static async open(task: Task, products: readonly Product[]): Promise<Shop> {
    return new Shop(task, await serve(task), products);
  }

  /** The list shows every product with the stock that it began with. */
  async expectList(): Promise<void> {
    const answer = await this.#server.get('/list_products');
    const sold = this.#reserved.size > 0 && isOfType(answer.json, this.#products);
    expectSameJson(
      answer,
      this.#products,
      sold
        ? 'A reservation must not change listProducts: count in Redis, and leave the array alone.'
        : areNamed(answer.json, this.#products)
          ? nextForValue
          : 'Answer with the whole of listProducts, each product under the four names of the task.',
    );
  }

  /** Looking at the list changes nothing of what is reserved. */
  async expectListUnchanged(): Promise<void> {
    await this.expectList();
    for (const product of this.#products) {
      const left = this.#left(product);
      const answer = await this.#server.get(`/list_products/${product.itemId}`);
      const shown = isObject(answer.json) ? answer.json.currentQuantity : undefined;
      if (shown === left) continue;
      this.#wrong(
        answer,
        `Once GET /list_products is asked for again, ${answer.request} shows a “currentQuantity” of ${JSON.stringify(shown)} in place of ${left}: looking at the list changes the stock.`,
        'Let the route of the list answer with listProducts and do nothing else.',
        { route: '/list_products' },
      );
    }
  }

  /** The product's page shows it with what is left of it. */
  async expectShown(product: Product): Promise<void> {
    const path = `/list_products/${product.itemId}`;
    const before = this.#commands.length;
    const answer = await this.#server.get(path);
    const showing = this.#commands.slice(before);
    const currentQuantity = this.#left(product);
    const expected = { ...product, currentQuantity };
    expectJsonAnswer(answer, expected);
    if (!isObject(answer.json) || Array.isArray(answer.json)) expectOwnRoute(answer, expected);
    this.#expectFound(product, answer);
    const fault = quantityFault(answer, {
      expected,
      reserved: this.#count(product),
      traffic: this.#trafficOf(product, showing),
      source: this.#task.source,
    });
    // Another product's page has another quantity, and that is not what is wrong with it.
    if (fault && !isAnother(answer.json, product)) {
      const route = { route: answer.path, field: 'currentQuantity' };
      const at = [...(fault.at ?? []), route];
      const sides = { expected: JSON.stringify(expected), seen: answer.body };
      fail({ class: 'wrong-answer', ...fault, at, ...this.#keyAsItStands(), ...sides });
    }
    if (isNamed(answer.json, expected) && this.#isAmongOthers(product, answer.json))
      this.#otherProduct(answer, expected);
    const next = isNamed(answer.json, expected)
      ? nextForValue
      : 'Answer with the product under the names of the task.';
    expectSameJson(answer, expected, next);
  }

  /**
   * No product has this id: both routes say so, and the server lives on. A route may take ids of
   * digits alone; any other is then a path that is not there.
   */
  async expectUnknown(id: string): Promise<void> {
    for (const route of ['list_products', 'reserve_product']) {
      const path = `/${route}/${id}`;
      const answer = await this.#server.tryGet(path);
      if (!(answer instanceof Error) && isSameJson(answer.json, notFound)) {
        this.#server.expectDoneWith(answer);
        continue;
      }
      this.#expectNotFound(this.#server.expectAnswered(answer, path, nextWhereNone), id);
    }
  }

  /** An id that begins with a product's: not found, or read as far as the number goes. */
  async expectFractionRead(product: Product): Promise<void> {
    const path = `/list_products/${product.itemId}.5`;
    const answer = await this.#server.get(path);
    if (
      isSameJson(answer.json, { ...product, currentQuantity: product.initialAvailableQuantity })
    ) {
      this.#task.advise(
        `GET ${path} shows product ${product.itemId}: parseInt stops at the first character that is no digit; Number() takes the whole id.`,
      );
      return;
    }
    this.#expectNotFound(answer, `${product.itemId}.5`);
  }

  /** Reservations are confirmed one by one until nothing is left, and then no more. */
  async expectSellOut(product: Product): Promise<void> {
    const { itemId, initialAvailableQuantity: stock } = product;
    for (let count = 1; count <= stock; count += 1) {
      const answer = await this.#reserve(product);
      if (isRefusal(answer)) {
        this.#wrong(
          answer,
          `${answer.request} is refused with ${stock - count + 1} of ${stock} left.`,
          'Refuse a reservation only if nothing is left.',
          { decides: 'Not enough stock available' },
        );
      }
      this.#expectFound(product, answer);
      const confirmed = { status: 'Reservation confirmed', itemId };
      expectSameJson(
        answer,
        confirmed,
        'Answer a reservation with its status and the number itemId.',
      );
      this.#reserved.set(product, count);
      if (count === 1) await this.#keys.note(product, writesOf(this.#reserving));
      await this.expectShown(product);
      const other = this.#products.find((one) => !this.#reserved.has(one));
      if (count === 1 && other) await this.expectShown(other);
    }
    for (const _ of ['once', 'again']) {
      const answer = await this.#reserve(product);
      if (isObject(answer.json) && answer.json.status === 'Reservation confirmed') {
        this.#wrong(
          answer,
          `Product ${itemId} is sold ${stock + 1} times, though its stock is ${stock}.`,
          'Confirm a reservation only if at least one is left: compare before you reserve.',
          { decides: 'Not enough stock available' },
        );
      }
      const refused = { status: 'Not enough stock available', itemId };
      expectSameJson(
        answer,
        refused,
        'Answer with this status and the number itemId if none is left.',
      );
    }
    await this.expectShown(product);
  }

  /**
   * Each reservation changed what Redis holds under the product's key, and what is shown follows
   * from that. What the number there means is the learner's choice.
   */
  async expectStockInRedis(): Promise<void> {
    await this.#server.waitForIdle();
    for (const product of this.#products) await this.#keys.expectSet(product);
    for (const product of this.#products) await this.#keys.expectRead(product);
  }

  #isAmongOthers(product: Product, json: unknown): boolean {
    const others = this.#products.filter((one) => one !== product);
    return isObject(json) && others.some(({ itemName }) => itemName === json.itemName);
  }

  #otherProduct(answer: Answer, expected: unknown): never {
    const { source } = this.#task;
    const slip = slipIn(source.nodes);
    fail({
      class: 'wrong-answer',
      message: `${answer.request} shows another product.${slip ? ` ${slip.message}` : ''}`,
      next:
        slip?.next ??
        'Let getItemById give the one whose id is the one that was asked for, compared with ===.',
      line: slip ? source.lineOf(slip.node) : undefined,
      at: [{ code: 'function getItemById($$$) { $$$ }' }, { names: ['getItemById'] }],
      expected: JSON.stringify(expected),
      seen: answer.body,
    });
  }

  /** One key for all products, where the id is not filled in. */
  #keyAsItStands(): Fault | undefined {
    const keys = this.#server.running.commands().map(([, name]) => name ?? '');
    const key = keys.find((one) => placeholderIn(one) !== undefined);
    const placeholder = key && placeholderIn(key);
    if (!placeholder) return undefined;
    return {
      message: `All products share the key ${quote(key)}: the id is not filled in.`,
      next: notFilledIn(placeholder).next,
      line: this.#task.source.lineOfText(placeholder),
    };
  }

  #expectNotFound(answer: Answer, id: string): void {
    if (/\D/.test(id) && hasNoRoute(answer)) {
      this.#task.advise(
        'An id such as -1 gets a page of Express’s, since the route takes digits alone. By /:itemId any id comes to getItemById, and whoever asks gets JSON.',
      );
      return;
    }
    expectSameJson(answer, notFound, nextWhereNone);
  }

  #expectFound(product: Product, answer: Answer): void {
    if (!isObject(answer.json) || answer.json.status !== 'Product not found') return;
    fail({
      class: 'wrong-answer',
      ...whyNotFound(this.#task.source, answer, product.itemId),
      seen: answer.body,
    });
  }

  #count(product: Product): number {
    return this.#reserved.get(product) ?? 0;
  }

  #left(product: Product): number {
    return product.initialAvailableQuantity - this.#count(product);
  }

  async #reserve(product: Product): Promise<Answer> {
    const { length } = this.#commands;
    const answer = await this.#server.get(`/reserve_product/${product.itemId}`);
    this.#before = this.#count(product) === 0 ? [] : this.#reserving;
    this.#reserving = this.#commands.slice(length);
    return answer;
  }

  #trafficOf(product: Product, showing: readonly WireCommand[]): Traffic {
    return { key: keyOf(product), reserving: this.#reserving, before: this.#before, showing };
  }

  /** What Redis got from the server so far. */
  get #commands(): readonly WireCommand[] {
    return this.#task.sandbox.journal.commands(this.#server.running.name);
  }

  #wrong(answer: Answer, message: string, next: NextStep, place: Partial<RoutePlace> = {}): never {
    const at = { route: answer.path, ...place };
    fail({ class: 'wrong-answer', message, next, seen: answer.body, at });
  }
}

function isRefusal({ json }: Answer): boolean {
  return isObject(json) && json.status === 'Not enough stock available';
}

const nextForValue =
  'Compare this value with the task’s list of products, letter by letter; ids, prices and stocks are numbers.';

/** Whether it is a list of products under the right names, whatever their values. */
function areNamed(json: unknown, products: readonly Product[]): boolean {
  if (!Array.isArray(json) || json.length !== products.length) return false;
  return products.every((product, index) => isNamed(json[index], product));
}

/** Whether it is a product of another name or price. */
function isAnother(json: unknown, { itemName, price }: Product): boolean {
  if (!isObject(json) || typeof json.itemName !== 'string') return false;
  return json.itemName !== itemName || (json.price !== undefined && json.price !== price);
}

/** Whether it is a list with as many products. */
function isOfType(json: unknown, products: readonly Product[]): boolean {
  return Array.isArray(json) && json.length === products.length;
}
