import { fail, isObject, type NextStep, quote, type Task, type WireCommand } from '#grading';
import type { Answer } from '#vocabulary/http/answer';
import { expectJsonAnswer } from '#vocabulary/http/json-answer';
import type { Server } from '#vocabulary/http/server';
import { expectSame } from './expected-answer';
import { confirmed, keyOf, type Product, soldOut } from './product';

/** What takes a product or gives it back. */
const steps = ['incr', 'decr', 'incrBy', 'decrBy', 'eval', 'INCR', 'DECR'];

const notFound = { status: 'Product not found' };

/** What the servers of one shop are asked, one request after the other, and what was sold so far. */
export class Shop {
  readonly products: readonly Product[];
  /** What Redis got because of the first reservation of all. */
  reserving: readonly WireCommand[] = [];
  readonly #task: Task;
  readonly #sold = new Map<Product, number>();

  constructor(task: Task, products: readonly Product[]) {
    this.#task = task;
    this.products = products;
  }

  left(product: Product): number {
    return product.initialAvailableQuantity - (this.#sold.get(product) ?? 0);
  }

  /** So many more of it were sold. */
  sell(product: Product, count: number): void {
    this.#sold.set(product, (this.#sold.get(product) ?? 0) + count);
  }

  /** The list shows every product with the stock that it began with. */
  async expectList(server: Server): Promise<void> {
    const next =
      'Answer with the whole of listProducts, each product under the four names of the task.';
    const answer = await server.get('/list_products');
    expectSame(answer, { status: 200, json: this.products, next });
  }

  /**
   * The product's page shows it with what is left of it.
   * @param when to begin the message with if the quantity is wrong
   * @param next the next step then
   */
  async expectShown(server: Server, product: Product, when: string, next: NextStep): Promise<void> {
    const answer = await server.get(`/list_products/${product.itemId}`);
    const currentQuantity = this.left(product);
    const json = { ...product, currentQuantity };
    expectJsonAnswer(answer, json);
    this.#expectFound(answer, product);
    const shown = isObject(answer.json) ? answer.json.currentQuantity : undefined;
    if (typeof shown === 'number' && shown !== currentQuantity) {
      fail({
        class: 'wrong-answer',
        message: `${when}, ${answer.request} should show a “currentQuantity” of ${currentQuantity}, and shows ${shown}.`,
        next,
        at: { route: answer.path, field: 'currentQuantity' },
        expected: JSON.stringify(json),
        seen: answer.body,
      });
    }
    expectSame(answer, {
      status: 200,
      json,
      next:
        shown === null
          ? 'JSON makes null of NaN: await what Redis answers, and take 0 if the key is not set.'
          : 'Answer with the product under the names of the task, and numbers as numbers.',
    });
  }

  /** No product has this id: both routes say so, and the server lives on. */
  async expectUnknown(server: Server, id: string): Promise<void> {
    for (const route of ['list_products', 'reserve_product']) {
      const next =
        'If getItemById finds nothing, answer {"status":"Product not found"} and return.';
      const answer = await server.get(`/${route}/${id}`, next);
      expectSame(answer, { status: 404, json: notFound, next });
      server.expectDoneWith(answer);
    }
  }

  /** One more is reserved, and confirmed. */
  async expectConfirmed(server: Server, product: Product): Promise<void> {
    const commands = this.#task.sandbox.journal.commands(server.running.name);
    const answer = await server.get(`/reserve_product/${product.itemId}`);
    if (this.#sold.size === 0) {
      this.reserving = this.#task.sandbox.journal
        .commands(server.running.name)
        .slice(commands.length);
    }
    this.#expectFound(answer, product);
    if (isObject(answer.json) && answer.json.status === soldOut(product).status) {
      fail({
        class: 'wrong-answer',
        message: `${answer.request} is refused with ${this.left(product)} of ${product.initialAvailableQuantity} left.`,
        next: this.#comparesTexts
          ? 'Redis hands texts to a script, and “2” is more than “10” then: compare tonumber(redis.call(…)) with tonumber(ARGV[…]).'
          : 'Refuse a reservation only if nothing is left: look at what Redis answers to its command, and what that number means.',
        at: [
          { route: answer.path, decides: soldOut(product).status },
          { calls: ['reserveStockById'] },
          { route: answer.path },
        ],
        seen: answer.body,
      });
    }
    const next = 'Answer a reservation with its status and the number itemId.';
    expectSame(answer, { status: 200, json: confirmed(product), next });
    this.sell(product, 1);
  }

  /** Nothing is left: the reservation is refused, and Redis holds what it held before. */
  async expectRefused(server: Server, product: Product): Promise<void> {
    const key = keyOf(product);
    const before = await this.textOf(key);
    const answer = await server.get(`/reserve_product/${product.itemId}`);
    if (isObject(answer.json) && answer.json.status === confirmed(product).status) {
      const { initialAvailableQuantity: stock, itemId } = product;
      fail({
        class: 'wrong-answer',
        message: `Product ${itemId} is sold ${stock + 1} times, though its stock is ${stock}.`,
        next: 'Confirm a reservation only if what Redis answers says that one was left: see what the number is after the last one.',
        at: [
          { route: answer.path, decides: soldOut(product).status },
          { calls: ['reserveStockById'] },
          { route: answer.path },
        ],
        seen: answer.body,
      });
    }
    const next = 'Answer with this status and the number itemId if none is left.';
    expectSame(answer, { status: 409, json: soldOut(product), next });
    const after = await this.textOf(key);
    if (before === after) return;
    fail({
      class: 'wrong-data',
      message: `A reservation that is refused changes ${quote(key)} from ${before} to ${after}: what it took is not given back.`,
      next: 'Undo the step of a reservation that came too late, before you answer: INCR gives back what DECR took, and DECR what INCR took.',
      at: [
        { route: answer.path, calls: steps },
        { calls: steps, only: true },
        { names: ['reserveStockById'] },
      ],
      expected: String(before),
      seen: String(after),
    });
  }

  /** What the key holds, if it is text. */
  async textOf(key: string): Promise<string | undefined> {
    if ((await this.#task.redis.type(key)) !== 'string') return undefined;
    return String(await this.#task.redis.command('GET', key));
  }

  /** A script may compare what Redis hands it as it comes. */
  get #comparesTexts(): boolean {
    const holds = (text: string) => this.#task.source.lineOfText(text) !== undefined;
    return holds('redis.call') && !holds('tonumber');
  }

  #expectFound(answer: Answer, { itemId }: Product): void {
    if (!isObject(answer.json) || answer.json.status !== notFound.status) return;
    fail({
      class: 'wrong-answer',
      message: `${answer.request} answers “Product not found”, though there is a product ${itemId}.`,
      next: {
        says: 'The id comes out of the path as text: turn it into a number before it is compared with ===.',
        unless: ['Number($)', 'parseInt($$$)', 'Number.parseInt($$$)', '+$.params.$'],
        otherwise: 'Compare numbers with numbers in getItemById: print there what it gets.',
      },
      at: { route: answer.path, decides: notFound.status },
      seen: answer.body,
    });
  }
}
