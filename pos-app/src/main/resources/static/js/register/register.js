// The register page: brings scan field, basket, tender and selling together, and gives every action a key.
import { Basket, BasketLimit } from './basket.js';
import * as basketTable from './basket-table.js';
import { CustomerDialog } from './customer-dialog.js';
import { Dialog, anyOpen } from './dialog.js';
import { ScanField } from './scan-field.js';
import { Selling } from './selling.js';
import { Shop } from './shop.js';
import { CardDialog, CashDialog } from './tender.js';

const element = id => document.getElementById(id);
const scan = element('scan');

function say(text, kind) {
  element('message').textContent = text;
  element('message').className = `message ${kind}`;
}

function ready() {
  scan.focus();
}

/** Changes the basket; a limit that is reached is said and nothing else. */
function change(step) {
  try {
    say('', '');
    step();
  } catch (failure) {
    if (!(failure instanceof BasketLimit)) {
      throw failure;
    }
    say(failure.message, 'bad');
  }
}

const basket = new Basket(() => basketTable.show(basket));
const shop = new Shop(element('store'), say, () => {
  // An order id belongs to one store.
  basket.keepOrderId(null);
  say('', '');
  ready();
});
const selling = new Selling(basket, shop, say, ready);

const changeBy = (productId, step) => change(() => basket.set(productId, basket.line(productId).quantity + step));
const field = new ScanField(scan, element('matches'), {
  say,
  add: (product, quantity) => change(() => {
    if (quantity < 1) {
      throw new BasketLimit('A quantity is at least 1.');
    }
    basket.add(product, quantity);
    say(`${quantity > 1 ? `${quantity} × ` : ''}${product.name}`, 'good');
  }),
  setQuantity: quantity => change(() => basket.selected !== null && basket.set(basket.selected, quantity)),
});

basketTable.onTouch((action, productId) => {
  if (action === 'select') {
    basket.select(productId);
  } else if (action === 'remove') {
    change(() => basket.remove(productId));
  } else {
    changeBy(productId, action === 'more' ? 1 : -1);
  }
  ready();
});

const cash = new CashDialog(tender => selling.sell(tender), ready);
const card = new CardDialog(tender => selling.sell(tender), ready);
const customer = new CustomerDialog(cityId => shop.cityName(cityId), chosen => basket.give(chosen), ready);
const emptyDialog = new Dialog('empty-dialog', {
  confirm: () => {
    emptyDialog.close();
    basket.clear();
    say('The basket is empty.', '');
    ready();
  },
  leave: () => {
    emptyDialog.close();
    ready();
  },
});

/** Starts `payment` once all scans are in the basket. */
async function pay(payment) {
  await field.lookups;
  if (anyOpen()) {
    return;
  }
  if (shop.storeId === null) {
    say('Choose the store first.', 'bad');
    element('store').focus();
  } else if (basket.isEmpty()) {
    say('The basket is empty. Scan a product first.', 'bad');
    ready();
  } else {
    say('', '');
    field.clear();
    payment(basket.total());
  }
}

const actions = {
  F2: ['choose-customer', () => customer.open()],
  F4: ['pay-cash', () => pay(due => cash.open(due))],
  F8: ['pay-card', () => pay(due => card.open(due))],
  F9: ['pay-exact', () => pay(due => selling.sell({ method: 'CASH', tendered: due }))],
  F10: ['empty-basket', () => !basket.isEmpty() && emptyDialog.open(element('empty-confirm'))],
};
for (const [id, act] of Object.values(actions)) {
  element(id).addEventListener('click', act);
}

/** What keys do in the scan field; the signs and Delete only while it is empty. */
const scanKeys = {
  Enter: () => field.enter(),
  Escape: () => field.clear(),
  ArrowDown: () => (field.choices.isOpen() ? field.choices.move(1) : basket.move(1)),
  ArrowUp: () => (field.choices.isOpen() ? field.choices.move(-1) : basket.move(-1)),
};
const emptyScanKeys = {
  '+': () => basket.selected !== null && changeBy(basket.selected, 1),
  '-': () => basket.selected !== null && changeBy(basket.selected, -1),
  Delete: () => basket.selected !== null && change(() => basket.remove(basket.selected)),
};

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  if (actions[event.key]) {
    event.preventDefault();
    if (!anyOpen()) {
      actions[event.key][1]();
    }
    return;
  }
  if (anyOpen()) {
    return;
  }
  if (event.target === scan) {
    const act = scanKeys[event.key] ?? (field.isEmpty() ? emptyScanKeys[event.key] : undefined);
    if (act) {
      event.preventDefault();
      act();
    }
  } else if (event.key.length === 1 && event.key !== ' ' && !event.target.closest('select, input, textarea')) {
    // A scanner types wherever the focus is.
    scan.focus();
  }
});

basketTable.show(basket);
selling.resume();
if (!anyOpen()) {
  ready();
}
await shop.load();
if (element('message').classList.contains('bad')) {
  say('', '');
}
if (!anyOpen() && shop.storeId === null) {
  element('store').focus();
}
