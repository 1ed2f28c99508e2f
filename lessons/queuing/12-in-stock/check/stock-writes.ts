import { commandText, type NextStep, type Place, quote } from '#grading';
import { readsOf, type Traffic, writesOf } from './traffic';

/** Why a quantity is wrong: the end of a sentence, the next step, and where it belongs. */
export interface Reason {
  why: string;
  next: NextStep;
  at: readonly Place[];
}

/**
 * Why the page of a product shows a wrong quantity, as far as what Redis got shows it.
 * @param itemId the product's
 * @param reserved how many of it are reserved
 * @param stock how many there were at the start
 */
export function whyByRedis(
  traffic: Traffic,
  itemId: number,
  reserved: number,
  stock: number,
): Reason | undefined {
  return (
    pageWrites(traffic) ??
    (reserved > 0 ? wrongWrite(traffic, itemId) : undefined) ??
    wrongRead(traffic) ??
    (reserved > 0 ? sameAgain(traffic, reserved, stock) : undefined)
  );
}

const inReservation = { route: '/reserve_product/1', calls: ['reserveStockById'] };

/** To look at a product changes what Redis holds. */
function pageWrites({ showing }: Traffic): Reason | undefined {
  const [write] = writesOf(showing);
  if (!write) return undefined;
  return {
    why: `: to look at the page sends Redis ${quote(commandText(write))}`,
    next: 'Let the route /list_products/:itemId read alone: only a reservation sets the number.',
    at: [{ route: '/list_products/1', calls: ['reserveStockById'] }, { sends: write }],
  };
}

/** The reservation sets nothing, another key, or something that is no number. */
function wrongWrite({ reserving, key }: Traffic, itemId: number): Reason | undefined {
  const writes = writesOf(reserving);
  const [write] = writes;
  if (!write) {
    return {
      why: ': Redis got nothing from the reservation that sets a key',
      next: {
        says: 'In the route /reserve_product/:itemId, call reserveStockById with the new number.',
        unless: 'reserveStockById($$$)',
        otherwise: 'Let each reservation set the key item.ITEM_ID, through reserveStockById.',
      },
      at: [inReservation, { route: '/reserve_product/1' }],
    };
  }
  if (writes.some((words) => words.includes(key) && words[1] === key && isCount(words)))
    return undefined;
  const [, written = '', ...values] = write;
  const got = `: Redis got ${quote(commandText(write))}`;
  const at = [{ sends: write }];
  if (written !== key && values.includes(key)) {
    return { why: got, next: `Give the key first, then the number: set('${key}', …).`, at };
  }
  if (written !== key && /^item\.\d+$/.test(written) && values[0] === String(itemId)) {
    return {
      why: `${got}: the id stands where the number should`,
      next: 'Hand reserveStockById its arguments in their order: the id first, then the number.',
      at: [inReservation, ...at],
    };
  }
  if (written !== key) {
    return {
      why: `${got}, and the product’s key is ${quote(key)}`,
      next: 'Set and read the key item.ITEM_ID, with the id of this product.',
      at,
    };
  }
  return {
    why: `${got}, which is no number`,
    next: 'Look at what it is counted from: a number, awaited, and 0 if the key is not set yet.',
    at: [inReservation, ...at],
  };
}

/** The page asks for another key than the product's, or for none. */
function wrongRead({ showing, key }: Traffic): Reason | undefined {
  const reads = readsOf(showing);
  const [read] = reads;
  if (reads.some(({ words }) => words.slice(1).includes(key))) return undefined;
  if (!read) return undefined;
  return {
    why: `: the page asks Redis ${quote(commandText(read.words))}, and the product’s key is ${quote(key)}`,
    next: 'Read the key that reserveStockById sets: item.ITEM_ID, with the id of this product.',
    at: [{ sends: read.words }],
  };
}

/** The reservation sets what was there before. */
function sameAgain(traffic: Traffic, reserved: number, stock: number): Reason | undefined {
  const { reserving, before, key } = traffic;
  const set = (commands: Traffic['reserving']) =>
    writesOf(commands)
      .filter(([name, written]) => name === 'SET' && written === key)
      .at(-1);
  const write = set(reserving);
  if (!write) return undefined;
  const value = write[2] ?? '';
  const earlier = set(before)?.[2];
  const got = `: Redis got ${quote(commandText(write))}`;
  const at = [inReservation, { sends: write }];
  if (reserved > 1 ? value === earlier : value === String(stock) || value === '0') {
    return {
      why: `${got}${reserved > 1 ? ', as for the one before' : ', the number that was there'}`,
      next: 'Set the number that was there and one more if it counts what is reserved, one less if it counts what is left.',
      at,
    };
  }
  if (/^0\d/.test(value) || (earlier !== undefined && value === `${earlier}1`)) {
    return {
      why: `${got}: the count is put together as text`,
      next: 'Turn what Redis answers into a number before you add 1 to it.',
      at: [{ code: '$ + 1' }, ...at],
    };
  }
  return undefined;
}

/** Whether what it writes is a number, as far as it can be seen. */
function isCount([name, , value = '']: readonly string[]): boolean {
  return name !== 'SET' || /^-?\d+$/.test(value);
}
