// How a sale ended: the receipt with the change due, what was out of stock, or another refusal.
import * as api from '../api.js';
import * as money from '../money.js';
import * as receiptPaper from '../receipt.js';
import { Dialog } from './dialog.js';
import { concernsPrices, passes, words } from './refusal-words.js';

const element = id => document.getElementById(id);

export class SaleDialogs {
  constructor({ takeOnHand, again, ready }) {
    this.ready = ready;
    this.shortages = [];
    const leave = dialog => () => {
      dialog().close();
      ready();
    };
    this.receipt = new Dialog('receipt-dialog', {
      confirm: leave(() => this.receipt),
      leave: leave(() => this.receipt),
    });
    this.shortage = new Dialog('shortage-dialog', {
      confirm: () => {
        this.shortage.close();
        takeOnHand(this.shortages);
        ready();
      },
      leave: leave(() => this.shortage),
    });
    this.refusal = new Dialog('refused-dialog', {
      confirm: () => {
        this.refusal.close();
        again();
      },
      leave: leave(() => this.refusal),
    });
    element('print-receipt').addEventListener('click', () => window.print());
    window.addEventListener('afterprint', () => this.receipt.isOpen() && element('new-sale').focus());
    element('receipt-dialog').addEventListener('keydown', event => {
      if (event.key.toLowerCase() === 'p' && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        window.print();
      }
    });
  }

  showReceipt(receipt, stores, note = '') {
    receiptPaper.show(receipt, stores);
    element('change-due').textContent = money.text(money.fromNumber(receipt.changeDue));
    element('sold-note').textContent = note;
    element('sold-note').hidden = note === '';
    element('sold-queued').hidden = receipt.durability !== 'QUEUED';
    this.remember(receipt);
    this.receipt.open(element('new-sale'));
  }

  /** Keeps the way to the receipt on the page. */
  remember(receipt) {
    const link = element('last-sale-link');
    link.textContent = `receipt ${receipt.orderNo}`;
    link.href = `/orders/${receipt.orderId}`;
    element('last-sale-total').textContent = money.text(money.fromNumber(receipt.total));
    element('last-sale').hidden = false;
  }

  /** `own`: whether `basket` is what was refused, so that it can be changed and sold again. */
  async showRefusal(refusal, basket, own) {
    if (own && refusal.code === 'out-of-stock' && refusal.problem.shortages) {
      this.showShortages(refusal.problem.shortages);
      return;
    }
    const text = words(refusal, basket);
    element('refused-text').textContent = `${own ? '' : 'The sale that was set aside: '}Nothing was sold. ${text}`;
    element('refused-code').textContent = refusal.code;
    const again = own && passes(refusal);
    element('refused-again').hidden = !again;
    this.refusal.open(again ? element('refused-again') : undefined);
    if (own && concernsPrices(refusal)) {
      await SaleDialogs.renewPrices(basket);
    }
  }

  showShortages(shortages) {
    this.shortages = shortages;
    element('shortages').replaceChildren(...shortages.map(({ productId, name, wanted, onHand }) => {
      const row = document.createElement('tr');
      row.dataset.productId = productId;
      const product = document.createElement('th');
      product.scope = 'row';
      product.textContent = name;
      row.append(product);
      for (const count of [wanted, onHand]) {
        const cell = row.insertCell();
        cell.className = 'number';
        cell.textContent = count;
      }
      return row;
    }));
    this.shortage.open(element('take-on-hand'));
  }

  static async renewPrices(basket) {
    try {
      const found = await Promise.all(
        basket.lines.map(line => api.get(`/api/products?limit=5&query=${encodeURIComponent(line.sku)}`)));
      basket.reprice(found.flat());
    } catch (unavailable) {
      console.warn('prices could not be renewed', unavailable);
    }
  }
}
