// The dialogs in which the cashier says how it is paid.
import * as money from '../money.js';
import { Dialog } from './dialog.js';

const NOTES = [1_000, 5_000, 10_000, 50_000, 100_000, 500_000];
const NOTES_SHOWN = 5;

const element = id => document.getElementById(id);

/** Amounts that customers usually hand over for `due`: exactly it, and the next round ones. */
export function usualTenders(due) {
  const rounded = NOTES.map(note => Math.ceil(due / note) * note);
  return [...new Set([due, ...rounded])].sort((a, b) => a - b).slice(0, NOTES_SHOWN);
}

export class CashDialog {
  /** Calls `pay({ method, tendered })` with the tender in hundredths. */
  constructor(pay, leave) {
    this.pay = pay;
    this.dialog = new Dialog('cash-dialog', { confirm: () => this.confirm(), leave: () => this.close(leave) });
    element('tendered').addEventListener('input', () => this.showChange());
    element('cash-notes').addEventListener('click', event => {
      const note = event.target.closest('button');
      if (note) {
        element('tendered').value = note.textContent;
        this.showChange();
        element('tendered').focus();
      }
    });
  }

  open(due) {
    this.due = due;
    element('cash-due').textContent = money.text(due);
    element('tendered').value = '';
    element('tendered').placeholder = money.text(due);
    element('cash-notes').replaceChildren(...usualTenders(due).map(amount => {
      const note = document.createElement('button');
      note.type = 'button';
      note.className = 'note';
      note.textContent = money.text(amount);
      return note;
    }));
    this.showChange();
    this.dialog.open(element('tendered'));
  }

  /** In hundredths: nothing typed means exactly what is due; null is no amount. */
  tendered() {
    const typed = element('tendered').value.trim();
    return typed === '' ? this.due : money.parse(typed);
  }

  showChange() {
    const tendered = this.tendered();
    const change = tendered === null ? null : tendered - this.due;
    const enough = change !== null && change >= 0;
    element('cash-change-label').textContent = enough ? 'Change' : change === null ? 'Not an amount' : 'Missing';
    element('cash-change').textContent = change === null ? '' : money.text(Math.abs(change));
    element('cash-change-line').classList.toggle('bad', !enough);
    element('cash-confirm').disabled = !enough;
  }

  confirm() {
    const tendered = this.tendered();
    if (tendered !== null && tendered >= this.due) {
      this.dialog.close();
      this.pay({ method: 'CASH', tendered });
    }
  }

  close(leave) {
    this.dialog.close();
    leave();
  }
}

export class CardDialog {
  constructor(pay, leave) {
    this.dialog = new Dialog('card-dialog', {
      confirm: () => {
        this.dialog.close();
        const method = document.querySelector('#card-dialog input[name=method]:checked').value;
        pay({ method, tendered: this.due });
      },
      leave: () => {
        this.dialog.close();
        leave();
      },
    });
  }

  open(due) {
    this.due = due;
    element('card-due').textContent = money.text(due);
    element('method-card').checked = true;
    this.dialog.open(element('method-card'));
  }
}
