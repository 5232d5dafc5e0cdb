// Takes a basket through payment: asks, waits, shows the receipt or the refusal, and looks after sales that were set aside.
import * as api from '../api.js';
import * as money from '../money.js';
import { mint } from './order-id.js';
import { Payment } from './payment.js';
import { SaleDialogs } from './sale-dialogs.js';
import { WaitingDialog } from './waiting-dialog.js';

const badge = document.getElementById('unanswered');

export class Selling {
  /** `shop.stores` are the stores; `say(text, kind)` speaks to the cashier; `ready()` is called when the next scan may come. */
  constructor(basket, shop, say, ready) {
    Object.assign(this, { basket, shop, say, ready, aside: new Set(), notSold: [], last: null });
    this.waiting = new WaitingDialog(payment => this.leave(payment));
    this.dialogs = new SaleDialogs({
      takeOnHand: shortages => this.takeOnHand(shortages),
      again: () => this.sell(this.last),
      ready,
    });
    badge.addEventListener('click', () => this.takeUpAside());
  }

  /** Sells the basket, paid with `tender` ({ method, tendered in hundredths }). */
  sell(tender) {
    const { basket } = this;
    this.last = tender;
    if (basket.orderId === null) {
      basket.keepOrderId(mint());
    }
    const order = {
      orderId: basket.orderId,
      storeId: this.shop.storeId,
      items: basket.lines.map(({ productId, quantity }) => ({ productId, quantity })),
      payment: { method: tender.method, tendered: money.toNumber(tender.tendered) },
    };
    if (basket.customer) {
      order.customerId = basket.customer.id;
    }
    this.follow(new Payment(order, basket.total(), basket.content()));
  }

  /** Takes up payments that a reload or a crash interrupted: the first in the foreground, others aside. */
  resume() {
    const [first, ...others] = Payment.unanswered();
    others.forEach(payment => this.putAside(payment));
    if (first) {
      this.follow(first);
    }
  }

  follow(payment) {
    this.waiting.open(payment);
    payment.start(state => this.hear(payment, state));
  }

  hear(payment, state) {
    if (this.aside.has(payment)) {
      this.hearAside(payment, state);
    } else if (state.kind === 'sold') {
      this.waiting.close();
      this.sold(payment, state.receipt);
    } else if (state.kind === 'refused') {
      this.waiting.close();
      this.refused(payment, state.refusal);
    } else {
      this.waiting.show(state);
    }
  }

  sold(payment, receipt) {
    this.forgetBasketOf(payment);
    this.dialogs.showReceipt(receipt, this.shop.stores);
  }

  async refused(payment, refusal) {
    if (this.basket.isEmpty() && payment.content) {
      this.basket.takeUp(payment.content, payment.order.orderId);
    }
    if (refusal.code === 'order-id-reused') {
      await this.showEarlierSale(payment);
    } else {
      // A sale that was set aside is not the one at the counter, which must not be sold in its place.
      await this.dialogs.showRefusal(refusal, this.basket, this.basket.orderId === payment.order.orderId);
    }
  }

  /** The id is taken: a try whose answer was lost did sell, and the basket was changed since. */
  async showEarlierSale(payment) {
    this.basket.keepOrderId(null);
    try {
      const receipt = await api.get(`/api/orders/${payment.order.orderId}`);
      this.dialogs.showReceipt(receipt, this.shop.stores,
        'An earlier try of this sale had gone through, with what is on this receipt. The basket was changed since '
        + 'and is still there: keep in it only what is not on the receipt.');
    } catch {
      this.say(`Order ${payment.order.orderId} was sold by an earlier try. Look at its receipt before selling more.`, 'bad');
      this.ready();
    }
  }

  takeOnHand(shortages) {
    for (const { productId, onHand } of shortages) {
      if (this.basket.line(productId)) {
        this.basket.set(productId, onHand);
      }
    }
    this.say('The basket has what is on hand. Take payment again.', '');
  }

  /** The cashier goes on without the answer: back to the basket if nothing was sold, otherwise to the next sale. */
  leave(payment) {
    if (payment.uncertain) {
      this.forgetBasketOf(payment);
      this.aside.add(payment);
      this.showBadge();
      this.say('The sale is set aside. The register keeps asking for its answer.', '');
    } else {
      payment.giveUp();
    }
    this.ready();
  }

  putAside(payment) {
    this.aside.add(payment);
    payment.start(state => this.hear(payment, state));
    this.showBadge();
  }

  hearAside(payment, state) {
    if (state.kind === 'sold') {
      this.aside.delete(payment);
      this.dialogs.remember(state.receipt);
      this.say(`The sale that was set aside has gone through: receipt ${state.receipt.orderNo}, `
        + `${money.text(money.fromNumber(state.receipt.total))}.`, 'good');
    } else if (state.kind === 'refused') {
      this.aside.delete(payment);
      this.notSold.push({ payment, refusal: state.refusal });
      this.say(`The sale of ${money.text(payment.total)} that was set aside was NOT sold: ${state.refusal.message}`, 'bad');
    }
    this.showBadge();
  }

  /** What was not sold comes first: the customer may still be near. */
  takeUpAside() {
    const [payment] = this.aside;
    const refused = this.notSold.shift();
    if (refused) {
      this.showBadge();
      this.refused(refused.payment, refused.refusal);
    } else if (payment) {
      this.aside.delete(payment);
      this.showBadge();
      this.waiting.open(payment);
      payment.askNow();
    }
  }

  showBadge() {
    const sales = count => (count === 1 ? '1 sale' : `${count} sales`);
    const said = [];
    if (this.notSold.length > 0) {
      said.push(`${sales(this.notSold.length)} NOT sold`);
    }
    if (this.aside.size > 0) {
      said.push(`${sales(this.aside.size)} unanswered`);
    }
    badge.hidden = said.length === 0;
    badge.textContent = said.join(', ');
  }

  forgetBasketOf(payment) {
    if (this.basket.orderId === payment.order.orderId) {
      this.basket.clear();
    }
  }
}
