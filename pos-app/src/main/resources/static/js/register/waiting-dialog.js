// Shows a payment whose answer is not there yet, and says plainly what is known and what is not.
import * as money from '../money.js';
import { Dialog } from './dialog.js';

const STILL_ASKING_AFTER_MS = 3_000;

const element = id => document.getElementById(id);

export class WaitingDialog {
  /** Calls `setAside(payment)` when the cashier goes on without waiting. */
  constructor(setAside) {
    this.setAside = setAside;
    this.dialog = new Dialog('waiting-dialog', {
      confirm: () => this.payment.askNow(),
      leave: () => this.leave(),
    });
    element('set-aside').addEventListener('click', () => this.leave());
  }

  open(payment) {
    this.payment = payment;
    element('waiting-order-id').textContent = payment.order.orderId;
    element('waiting-total').textContent = money.text(payment.total);
    this.dialog.open();
    this.show(payment.state);
  }

  isOpen() {
    return this.dialog.isOpen();
  }

  /** Shows `state` of the payment: asking or waiting. */
  show(state) {
    clearInterval(this.ticking);
    const { uncertain } = this.payment;
    this.dialog.element.dataset.state = uncertain ? 'unknown' : state.kind;
    element('waiting-title').textContent = uncertain ? 'Answer not known yet' : state.kind === 'waiting' ? 'Not sold yet' : 'Selling…';
    element('waiting-text').textContent = this.text(state);
    element('set-aside-label').textContent = uncertain ? 'Set aside' : 'Back to the basket';
    element('waiting-login').hidden = state.failure?.code !== 'not-logged-in';
    element('waiting-actions').hidden = !uncertain && state.kind === 'asking';
    element('ask-now').disabled = state.kind === 'asking';
    const since = Date.now();
    const tick = () => {
      element('waiting-next').textContent = state.kind === 'asking'
        ? this.patience(since)
        : `Asking again in ${Math.max(1, Math.ceil((state.until - Date.now()) / 1000))} s.`;
    };
    tick();
    this.ticking = setInterval(tick, 250);
    if (state.kind === 'waiting') {
      element('ask-now').focus();
    }
  }

  text(state) {
    if (state.failure?.code === 'not-logged-in') {
      return `You are logged out${this.payment.uncertain ? ', and the sale may have gone through before' : ': nothing was sold yet'}. `
        + 'Log in again in another tab of this browser; the register then goes on by itself.';
    }
    if (this.payment.uncertain) {
      return 'The sale may have gone through. The register asks again with the same number, so it cannot be sold twice.';
    }
    if (state.kind !== 'waiting') {
      return '';
    }
    return state.failure?.code === 'store-not-open' ? state.failure.message : 'The store’s data is busy. Nothing was sold yet.';
  }

  patience(since) {
    if (this.payment.uncertain) {
      return 'Asking now…';
    }
    return Date.now() - since > STILL_ASKING_AFTER_MS ? 'Still waiting for the answer…' : '';
  }

  leave() {
    // A sale that is being asked for the first time cannot be left: its answer is about to come.
    if (!element('waiting-actions').hidden) {
      this.close();
      this.setAside(this.payment);
    }
  }

  close() {
    clearInterval(this.ticking);
    this.dialog.close();
  }
}
