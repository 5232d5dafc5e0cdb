// Finds the customer of a sale by card number or name.
import * as api from '../api.js';
import { ChoiceList } from './choice-list.js';
import { Dialog } from './dialog.js';

const SEARCH_AFTER_MS = 150;

const input = document.getElementById('customer-query');
const message = document.getElementById('customer-message');

export class CustomerDialog {
  /** Calls `give(customer)`, with null for none; `cityName(id)` names a city. */
  constructor(cityName, give, leave) {
    this.give = give;
    this.leave = leave;
    this.search = null;
    this.dialog = new Dialog('customer-dialog', { confirm: () => this.confirm(), leave: () => this.close() });
    this.choices = new ChoiceList(
      input,
      document.getElementById('customer-matches'),
      customer => [customer.name, customer.code, cityName(customer.cityId)],
      customer => this.choose(customer));
    input.addEventListener('input', () => this.searchSoon());
    input.addEventListener('keydown', event => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && this.choices.isOpen()) {
        event.preventDefault();
        this.choices.move(step);
      }
    });
    document.getElementById('no-customer').addEventListener('click', () => this.choose(null));
  }

  open() {
    input.value = '';
    message.textContent = '';
    this.choices.close();
    this.dialog.open(input);
  }

  confirm() {
    if (this.choices.isOpen()) {
      this.choose(this.choices.chosen());
    } else if (input.value.trim()) {
      this.searchNow();
    }
  }

  choose(customer) {
    this.give(customer);
    this.close();
  }

  close() {
    clearTimeout(this.timer);
    this.search?.abort();
    this.dialog.close();
    this.leave();
  }

  searchSoon() {
    clearTimeout(this.timer);
    this.search?.abort();
    // Until the new matches are there, Enter must not choose among those of an earlier text.
    this.choices.close();
    message.textContent = '';
    if (input.value.trim().length > 1) {
      this.timer = setTimeout(() => this.searchNow(), SEARCH_AFTER_MS);
    }
  }

  async searchNow() {
    this.search?.abort();
    this.search = new AbortController();
    const { signal } = this.search;
    const wanted = input.value.trim();
    try {
      const found = await api.get(`/api/customers?limit=8&query=${encodeURIComponent(wanted)}`, signal);
      if (!signal.aborted) {
        this.choices.show(found);
        message.textContent = found.length === 0 ? `Nobody is called “${wanted}”.` : '';
      }
    } catch {
      if (!signal.aborted) {
        message.textContent = 'The customers cannot be looked up now. Press Enter to try again.';
      }
    }
  }
}
