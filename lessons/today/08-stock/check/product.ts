/** A product as the lists show it. */
export interface Product {
  itemId: number;
  itemName: string;
  price: number;
  initialAvailableQuantity: number;
}

/** The task's key for what Redis holds of a product. */
export function keyOf({ itemId }: Product): string {
  return `item.${itemId}`;
}

/** What a reservation of it is answered with if one was left. */
export function confirmed({ itemId }: Product) {
  return { status: 'Reservation confirmed', itemId };
}

/** What it is answered with if none was. */
export function soldOut({ itemId }: Product) {
  return { status: 'Not enough stock available', itemId };
}
