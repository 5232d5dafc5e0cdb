// The field that scanners and cashiers type into: SKU, barcode or words, with `3*` in front for three of it.
import * as api from '../api.js';
import * as money from '../money.js';
import { ChoiceList } from './choice-list.js';

const SEARCH_AFTER_MS = 120;
const MATCHES = 20;

/** The quantity and the code in what was typed; a quantity of null means that none was given. */
export function parse(typed) {
  const parts = typed.match(/^\s*(\d{1,6})\s*[*×]\s*(.*)$/);
  return parts ? { quantity: Number(parts[1]), code: parts[2].trim() } : { quantity: null, code: typed.trim() };
}

function find(code, signal) {
  return api.get(`/api/products?limit=${MATCHES}&query=${encodeURIComponent(code)}`, signal);
}

function isCodeOf(product, code) {
  return product.sku.toLowerCase() === code.toLowerCase() || product.barcode === code;
}

export class ScanField {
  /** Calls `add(product, quantity)`, `setQuantity(quantity)` for a bare `3*`, and `say(text, kind)`. */
  constructor(input, list, { add, setQuantity, say }) {
    Object.assign(this, { input, add, setQuantity, say, lookups: Promise.resolve(), search: null, timer: 0, foundFor: '' });
    const describe = product => [product.name, product.sku, money.text(money.fromNumber(product.price))];
    this.choices = new ChoiceList(input, list, describe, product => this.pick(product));
    input.addEventListener('input', () => this.searchSoon());
  }

  isEmpty() {
    return this.input.value === '';
  }

  clear() {
    this.stopSearch();
    this.input.value = '';
    this.choices.close();
  }

  pick(product) {
    const { quantity } = parse(this.input.value);
    this.clear();
    this.add(product, quantity ?? 1);
  }

  /** Adds the chosen match, or looks up what was typed. */
  enter() {
    const typed = this.input.value;
    const { quantity, code } = parse(typed);
    if (this.choices.isOpen() && this.foundFor === code) {
      this.pick(this.choices.chosen());
      return;
    }
    this.clear();
    if (code === '') {
      if (quantity !== null) {
        this.setQuantity(quantity);
      }
      return;
    }
    // A scanner does not wait for answers: what it sends is looked up in its order, one after the other.
    this.lookups = this.lookups.then(() => this.lookUp(typed, quantity ?? 1, code));
  }

  async lookUp(typed, quantity, code) {
    try {
      const found = await find(code);
      const product = found.find(candidate => isCodeOf(candidate, code));
      if (product) {
        this.add(product, quantity);
      } else if (this.giveBack(typed) && found.length > 0) {
        this.foundFor = code;
        this.choices.show(found);
        this.say('Choose with the arrow keys, Enter adds.', '');
      } else {
        this.say(`Nothing is called “${code}”.`, 'bad');
      }
    } catch {
      this.giveBack(typed);
      this.say('The catalogue does not answer. Press Enter to look again.', 'bad');
    }
  }

  /** Puts what was typed back, unless something else was typed since. */
  giveBack(typed) {
    if (!this.isEmpty()) {
      return false;
    }
    this.input.value = typed;
    this.input.select();
    return true;
  }

  stopSearch() {
    clearTimeout(this.timer);
    this.search?.abort();
  }

  searchSoon() {
    this.stopSearch();
    const { code } = parse(this.input.value);
    if (code.length < 2) {
      this.choices.close();
      return;
    }
    this.timer = setTimeout(() => this.searchNow(code), SEARCH_AFTER_MS);
  }

  async searchNow(code) {
    this.search = new AbortController();
    const { signal } = this.search;
    try {
      const found = await find(code, signal);
      if (!signal.aborted) {
        this.foundFor = code;
        this.choices.show(found);
      }
    } catch {
      // Enter asks again and says so if there is still no answer; while typing, a late list is no news.
      if (!signal.aborted) {
        this.choices.close();
      }
    }
  }
}
