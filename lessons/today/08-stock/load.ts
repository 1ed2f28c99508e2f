import { isSameJson } from '#vocabulary/http/json-answer';
import { load } from '#vocabulary/http/load';

const stocks = [
  { itemId: 1, stock: 4 },
  { itemId: 2, stock: 10 },
  { itemId: 3, stock: 2 },
  { itemId: 4, stock: 5 },
];

/** Everybody wants a suitcase at the same moment: each kind is asked for far more often than it is there. */
export default load(async (generator) => {
  const wanted = (index: number) => stocks[index % stocks.length]?.itemId;
  const answers = await generator.ask((index) => `/reserve_product/${wanted(index)}`);
  return stocks.map(({ itemId, stock }) => {
    const confirmed = { status: 'Reservation confirmed', itemId };
    const sold = answers.filter((answer) => isSameJson(answer.json, confirmed));
    return { what: `product ${itemId}`, there: stock, given: sold.length };
  });
});
