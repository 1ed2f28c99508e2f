import {
  isObject,
  isWritten,
  type NextStep,
  type Place,
  type Source,
  slipIn,
  unawaitedCall,
} from '#grading';
import type { Answer } from '#vocabulary/http/answer';
import type { Product } from './product';
import { whyByRedis } from './stock-writes';
import { isNothingHeld, meaningIn, type Traffic } from './traffic';

/** What is wrong with a page, the next step, and where. */
export interface Fault {
  message: string;
  next: NextStep;
  line?: number | undefined;
  at?: readonly Place[];
}

/** What is known of a product when its page is shown. */
export interface Shown {
  expected: Product & { currentQuantity: number };
  /** How many of it are reserved. */
  reserved: number;
  traffic: Traffic;
  source: Source;
}

/** What is wrong with the one number on a page that changes. */
export function quantityFault(answer: Answer, shown: Shown): Fault | undefined {
  const { request, json } = answer;
  if (!isObject(json)) return undefined;
  const { expected, reserved } = shown;
  const left = expected.currentQuantity;
  const stock = expected.initialAvailableQuantity;
  if (reserved > 0 && json.initialAvailableQuantity === left && left !== stock)
    return listFault(request, left, stock, times(reserved));
  if (!('currentQuantity' in json)) return lackingFault(request, json, shown);
  const seen = json.currentQuantity;
  if (seen === left) return undefined;
  if (typeof seen === 'string' && Number(seen) === left) {
    return {
      message: `${request} shows “currentQuantity” as the text ${JSON.stringify(seen)}; the task asks for the number ${left}.`,
      next: 'Show the number itself: what Redis answers is text, and so is what a template or toString() gives.',
    };
  }
  const unawaited = unawaitedCall(shown.source, 'getCurrentReservedStockById');
  if (seen === null && unawaited) {
    return {
      message: `${request} shows null for “currentQuantity”: it is counted with a promise, and JSON makes null of NaN.`,
      next: `Write await before ${unawaited.name}(…).`,
      line: unawaited.line,
    };
  }
  const id = expected.itemId;
  const reason = whyByRedis(shown.traffic, id, reserved, stock);
  const should =
    reserved === 0
      ? `Before the first reservation of it, ${request} should show a “currentQuantity” of ${left}, and shows ${JSON.stringify(seen)}`
      : `After ${times(reserved)} ${request} should show a “currentQuantity” of ${left}, and shows ${JSON.stringify(seen)}`;
  if (reason) return { message: `${should}${reason.why}.`, next: reason.next, at: reason.at };
  const slip = slipIn(shown.source.nodes);
  if (slip) {
    const line = shown.source.lineOf(slip.node);
    return { message: `${should}. ${slip.message}`, next: slip.next, line };
  }
  const plain = plainReason(seen, shown);
  return { message: `${should}${plain.why}.`, next: plain.next, at: plain.at ?? [] };
}

/** The list itself was changed. */
function listFault(request: string, left: number, stock: number, after: string): Fault {
  return {
    message: `${request} shows an initialAvailableQuantity of ${left} after ${after}: it should stay ${stock}.`,
    next: 'A reservation must not change listProducts: count in Redis, and leave the array alone.',
    at: ['initialAvailableQuantity', 'stock'].flatMap((name) =>
      [`$.${name} -= $`, `$.${name}--`, `--$.${name}`, `$.${name} = $`].map((code) => ({ code })),
    ),
  };
}

/** The number is not on the page. */
function lackingFault(
  request: string,
  json: Record<string, unknown>,
  { expected, source }: Shown,
): Fault | undefined {
  const left = expected.currentQuantity;
  if (!isNamed({ ...json, currentQuantity: left }, expected)) return undefined;
  return {
    message: `${request} lacks “currentQuantity”${left === 0 ? ' when nothing is left' : ''}.`,
    next: source.mentions('currentQuantity')
      ? 'Show it always: 0 and null are answers too, though || and if take them for nothing.'
      : 'Add currentQuantity to what the page shows: what is left of the product.',
  };
}

const parsing = ['parseInt($$$)', 'Number.parseInt($$$)'];

/** Why the number is wrong, if Redis got all that it should. */
function plainReason(
  seen: unknown,
  { expected, reserved, traffic, source }: Shown,
): { why: string; next: NextStep; at?: readonly Place[] } {
  const left = expected.currentQuantity;
  const stock = expected.initialAvailableQuantity;
  const isLeft = meaningIn(source) === 'left';
  const nothing = isLeft ? 'the whole stock' : 'nothing reserved';
  const held = 'Redis answers null for a key that is not set yet';
  if (seen === null) {
    return {
      why: isNothingHeld(traffic) ? `: ${held}` : ': JSON makes null of NaN',
      next: parsing.some((code) => isWritten(source, code))
        ? `Take null for ${nothing} before it is read as a number: parseInt makes NaN of it.`
        : `Take null for ${nothing}, and show what is left of the stock.`,
      at: parsing.map((code) => ({ code })),
    };
  }
  if (reserved === 0 && seen === 0 && isNothingHeld(traffic)) {
    return {
      why: `: ${held}, which Number() makes 0`,
      next: isLeft
        ? 'Take null for the whole stock: only 0 means that nothing is left.'
        : 'Show the stock less what is reserved: with nothing reserved, that is the whole stock.',
      at: [],
    };
  }
  if (reserved > 1 && seen === stock && left === 0) {
    return {
      why: ': the stock is full again',
      next: 'Take 0 for a number like any other: only a key that is not set yet, null, means the whole stock.',
      at: [{ code: 'Number($) || $' }, { code: 'parseInt($, $) || $' }, { code: '$ || $.stock' }],
    };
  }
  if (reserved > 0 && seen === stock) {
    return {
      why: ': it does not fall',
      next: 'Show the stock less what getCurrentReservedStockById gives.',
    };
  }
  if (reserved > 0 && seen === reserved) {
    return {
      why: ', which is what is reserved',
      next: 'Show what is left: the stock less what getCurrentReservedStockById gives.',
    };
  }
  return {
    why: '',
    next:
      reserved === 0
        ? 'Show the whole stock if nothing is reserved, and keep each product under a key of its own: item.ITEM_ID.'
        : 'Each reservation should take one from what is left.',
  };
}

function times(reserved: number): string {
  return reserved === 1 ? 'one reservation' : `${reserved} reservations`;
}

/** Whether it is a product under these names. */
export function isNamed(json: unknown, product: Product): boolean {
  if (!isObject(json)) return false;
  const names = Object.keys(product);
  return Object.keys(json).length === names.length && names.every((name) => name in json);
}
