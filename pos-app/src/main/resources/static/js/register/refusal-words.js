// What a refused sale means, for the person at the register.
import * as money from '../money.js';

const amount = number => money.text(money.fromNumber(number));

const WORDS = {
  'insufficient-tender': ({ problem }) =>
    `Prices have changed: the basket costs ${amount(problem.total)} now, and ${amount(problem.tendered)} was tendered.`,
  'invalid-basket': ({ problem }) => problem.detail,
  'out-of-stock': () => 'The store has too little of some products.',
  'unknown-product': ({ problem }, basket) =>
    `The catalogue no longer has ${basket.line(problem.productId)?.name ?? `product ${problem.productId}`}. `
    + 'Remove it from the basket.',
  'unknown-customer': () => 'This customer is not known any more. Choose the customer again, or none.',
  'unknown-store': () => 'The grid does not know this store. Choose the store again.',
  forbidden: () => 'Whoever is logged in may not sell. Log in as somebody who may.',
  'forbidden-store': () => 'Whoever is logged in may not sell for this store. Choose another store, or log in as somebody who may.',
  'not-in-charge': ({ problem }) => `This register reaches only nodes that may not sell for this city. Tell the operator: ${
    problem.detail.replace(/^Nothing was sold\. /, '')}`,
  'store-shut': ({ problem }) => `This store cannot sell until an operator has looked. Tell the operator: ${
    problem.detail.replace(/^Nothing was sold\. /, '')}`,
  'database-unavailable': () => 'The city’s database refused this sale. Trying again may not help: call the operator.',
};

/** Refusals that may be over in a moment: the same sale can be tried again as it is. */
export function passes(refusal) {
  return refusal.code === 'database-unavailable' || refusal.code === 'not-in-charge';
}

/** Refusals that may come from prices that changed since the products were scanned. */
export function concernsPrices(refusal) {
  return refusal.code === 'insufficient-tender' || refusal.code === 'invalid-basket';
}

export function words(refusal, basket) {
  const known = WORDS[refusal.code];
  return known ? known(refusal, basket) : 'The server does not accept what this register sent.';
}
