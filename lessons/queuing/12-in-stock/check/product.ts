/** A product as the routes of 9-stock show it. */
export interface Product {
  itemId: number;
  itemName: string;
  price: number;
  initialAvailableQuantity: number;
}

/** The key under which the task keeps a product's stock. */
export function keyOf(product: Product): string {
  return `item.${product.itemId}`;
}
