import { isObject, type NextStep } from '#grading';
import type { Answer } from '#vocabulary/http/answer';
import type { Product } from './product';

/** What is wrong with a page, and the next step. */
export type Fault = { message: string; next: NextStep; line?: number | undefined };

/** What is wrong with the one number on a page that changes. */
export function quantityFault(
  { request, json }: Answer,
  expected: Product & { currentQuantity: number },
  reserved: number,
): Fault | undefined {
  if (!isObject(json)) return undefined;
  const seen = json.currentQuantity;
  const left = expected.currentQuantity;
  const stock = expected.initialAvailableQuantity;
  const times = reserved === 1 ? 'one reservation' : `${reserved} reservations`;
  if (reserved > 0 && json.initialAvailableQuantity === left && left !== stock) {
    return {
      message: `${request} shows an initialAvailableQuantity of ${left} after ${times}: it should stay ${stock}.`,
      next: 'A reservation must not change listProducts: count in Redis, and leave the array alone.',
    };
  }
  if (seen === null) {
    return {
      message: `${request} shows null for “currentQuantity”: Redis answers null for a key that is not set yet, and JSON makes null of NaN.`,
      next: 'Await getCurrentReservedStockById before you count with it, and take null as nothing reserved.',
    };
  }
  if (seen === undefined && left === 0 && isNamed({ ...json, currentQuantity: left }, expected)) {
    return {
      message: `${request} lacks “currentQuantity” when nothing is left.`,
      next: 'Show it always: 0 is a number too, though || and if take it for nothing.',
    };
  }
  if (typeof seen === 'string' && Number(seen) === left) {
    return {
      message: `${request} shows “currentQuantity” as the text ${JSON.stringify(seen)}; the task asks for the number ${left}.`,
      next: 'Redis answers with text: turn it into a number with Number(…) or parseInt(…, 10).',
    };
  }
  if (typeof seen !== 'number' || seen === left) return undefined;
  const message = (why: string) =>
    `After ${times} ${request} should show a “currentQuantity” of ${left}, and shows ${seen}${why}.`;
  if (reserved > 1 && seen === stock && left === 0) {
    return {
      message: message(': the stock is full again'),
      next: 'Take 0 for a number like any other: only a key that is not set yet, null, means the whole stock.',
    };
  }
  if (reserved === 1 && seen === stock) {
    return {
      message: message(': it does not fall'),
      next: 'Reserve one with reserveStockById, and show the stock less what is reserved.',
    };
  }
  if (reserved > 0 && seen === reserved) {
    return {
      message: message(', which is what is reserved'),
      next: 'Show what is left: the stock less what getCurrentReservedStockById gives.',
    };
  }
  if (reserved > 1 && stock - seen === Number(`0${'1'.repeat(reserved)}`)) {
    return {
      message: message(': the count is put together as text, “0” and 1 to “01”'),
      next: 'Turn what Redis answers into a number before you add 1 to it.',
    };
  }
  if (reserved === 0) {
    return {
      message: `${request} should show a “currentQuantity” of ${left} before the first reservation of it, and shows ${seen}.`,
      next: 'Show the whole stock where nothing is reserved, and keep each product under a key of its own: item.ITEM_ID.',
    };
  }
  return { message: message(''), next: 'Each reservation should take one from what is left.' };
}

/** Whether it is a product under these names. */
export function isNamed(json: unknown, product: Product): boolean {
  if (!isObject(json)) return false;
  const names = Object.keys(product);
  return Object.keys(json).length === names.length && names.every((name) => name in json);
}
