// One sale on its way: asks the grid, with the same order id, until the answer is known. It is kept in the browser all that
// time, so that a reload, a crash of the browser or a power cut does not lose it.
import * as api from '../api.js';
import { till } from './storage.js';

const KEY = 'citygrid.payment.';
const PAUSE_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** The grid says that this try sold nothing. An earlier try without an answer may still have sold. */
const NOTHING_SOLD = new Set([
  'csrf-token-missing', 'database-unavailable', 'forbidden', 'forbidden-store', 'not-in-charge', 'not-logged-in', 'store-not-open',
  'store-shut', 'try-again',
]);

/** Those of them that are over in a moment, or when the cashier has logged in again: asked again by itself. */
const OVER_SOON = new Set(['not-logged-in', 'store-not-open', 'try-again']);

export class Payment {
  /**
   * `order` is the body of POST /api/orders, `total` what it costs in hundredths, `content` the basket's lines and customer,
   * so that it can be taken up again if the sale is refused.
   */
  constructor(order, total, content, uncertain = false) {
    this.order = order;
    this.total = total;
    this.content = content;
    // Whether a try was made whose answer never came.
    this.uncertain = uncertain;
    this.tries = 0;
    this.state = { kind: 'asking' };
    this.listener = () => {};
  }

  /** Payments whose answer was not known when this browser last ran the register. */
  static unanswered() {
    return till.keys(KEY)
      .map(key => till.read(key))
      .filter(kept => kept?.order?.orderId)
      .sort((a, b) => a.since - b.since)
      .map(kept => new Payment(kept.order, kept.total, kept.content, true));
  }

  /** Starts asking. `listener(state)` hears: asking, waiting (until), sold (receipt), refused (refusal). */
  start(listener) {
    this.listener = listener;
    const { order, total, content } = this;
    till.write(KEY + order.orderId, { order, total, content, since: Date.now() });
    this.ask();
  }

  /** Asks at once instead of after the pause. */
  askNow() {
    if (this.state.kind === 'waiting') {
      clearTimeout(this.timer);
      this.ask();
    }
  }

  /** Stops asking; only for a payment of which it is known that nothing was sold. */
  giveUp() {
    clearTimeout(this.timer);
    this.forget();
  }

  async ask() {
    this.tries++;
    this.become({ kind: 'asking' });
    try {
      const receipt = await api.post('/api/orders', this.order);
      if (receipt.orderId !== this.order.orderId) {
        throw new api.NoAnswer('a receipt of another order');
      }
      this.forget();
      this.become({ kind: 'sold', receipt });
    } catch (failure) {
      this.failed(failure);
    }
  }

  failed(failure) {
    const known = failure instanceof api.Refused
      && (NOTHING_SOLD.has(failure.code) ? !this.uncertain : failure.status < 500);
    if (known && !OVER_SOON.has(failure.code)) {
      this.forget();
      this.become({ kind: 'refused', refusal: failure });
      return;
    }
    this.uncertain ||= !known;
    const pause = PAUSE_MS[Math.min(this.tries, PAUSE_MS.length) - 1];
    this.timer = setTimeout(() => this.ask(), pause);
    this.become({ kind: 'waiting', until: Date.now() + pause, failure });
  }

  forget() {
    till.write(KEY + this.order.orderId, null);
  }

  become(state) {
    this.state = state;
    this.listener(state);
  }
}
