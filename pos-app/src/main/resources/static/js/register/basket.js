// What the customer wants to buy. Prices are the catalogue's; the grid charges its own when it sells.
import * as money from '../money.js';
import { tab } from './storage.js';

const KEY = 'citygrid.basket';
export const LINES_MAX = 200;
export const QUANTITY_MAX = 10_000;

/** A change that the grid would refuse anyway, in words for the cashier. */
export class BasketLimit extends Error {}

export class Basket {
  /** Calls `changed` after every change. */
  constructor(changed) {
    this.changed = () => {
      tab.write(KEY, { lines: this.lines, customer: this.customer, orderId: this.orderId, selected: this.selected });
      changed();
    };
    const kept = tab.read(KEY);
    this.lines = kept?.lines ?? [];
    this.customer = kept?.customer ?? null;
    // Set when payment starts and kept until the sale is made or given up, also over refusals: if an answer was lost and
    // the first try did go through after all, the same id makes a second sale of it impossible.
    this.orderId = kept?.orderId ?? null;
    this.selected = kept?.selected ?? null;
  }

  isEmpty() {
    return this.lines.length === 0;
  }

  line(productId) {
    return this.lines.find(line => line.productId === productId);
  }

  add(product, quantity) {
    const line = this.line(product.id);
    if (line) {
      this.set(product.id, line.quantity + quantity);
      return;
    }
    if (this.lines.length === LINES_MAX) {
      throw new BasketLimit(`A basket has at most ${LINES_MAX} lines. Sell this one first.`);
    }
    this.lines.push({
      productId: product.id,
      sku: product.sku,
      name: product.name,
      price: money.fromNumber(product.price),
      quantity: 0,
    });
    this.set(product.id, quantity);
  }

  /** Sets the quantity of a line; 0 removes it. */
  set(productId, quantity) {
    if (quantity > QUANTITY_MAX) {
      this.lines = this.lines.filter(line => line.quantity > 0);
      throw new BasketLimit(`At most ${QUANTITY_MAX.toLocaleString('en')} of one product can be sold at once.`);
    }
    if (quantity < 1) {
      this.remove(productId);
      return;
    }
    this.line(productId).quantity = quantity;
    this.selected = productId;
    this.changed();
  }

  remove(productId) {
    const at = this.lines.findIndex(line => line.productId === productId);
    this.lines.splice(at, 1);
    this.selected = this.lines[Math.min(at, this.lines.length - 1)]?.productId ?? null;
    this.changed();
  }

  /** Takes over prices that changed since the products were scanned. */
  reprice(products) {
    for (const product of products) {
      const line = this.line(product.id);
      if (line) {
        line.price = money.fromNumber(product.price);
      }
    }
    this.changed();
  }

  select(productId) {
    this.selected = productId;
    this.changed();
  }

  /** Selects the line `step` below the selected one. */
  move(step) {
    const at = this.lines.findIndex(line => line.productId === this.selected) + step;
    if (at >= 0 && at < this.lines.length) {
      this.select(this.lines[at].productId);
    }
  }

  give(customer) {
    this.customer = customer;
    this.changed();
  }

  keepOrderId(orderId) {
    this.orderId = orderId;
    this.changed();
  }

  clear() {
    this.lines = [];
    this.customer = null;
    this.orderId = null;
    this.selected = null;
    this.changed();
  }

  /** What a payment keeps of it. */
  content() {
    return { lines: this.lines, customer: this.customer };
  }

  /** Takes up what a payment kept. */
  takeUp(content, orderId) {
    Object.assign(this, { ...content, orderId, selected: content.lines[0]?.productId ?? null });
    this.changed();
  }

  /** In hundredths. */
  total() {
    return this.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  }

  units() {
    return this.lines.reduce((sum, line) => sum + line.quantity, 0);
  }
}
