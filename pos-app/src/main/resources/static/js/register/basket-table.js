// Shows the basket and lets a finger do what the keys do.
import * as money from '../money.js';

const rows = document.getElementById('basket-lines');

function button(action, text, label) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = `line-button ${action}`;
  made.dataset.action = action;
  made.textContent = text;
  made.setAttribute('aria-label', label);
  // By keyboard the selected line is changed from the scan field: two hundred lines would be six hundred tab stops.
  made.tabIndex = -1;
  return made;
}

function row(line, selected) {
  const shown = document.createElement('tr');
  shown.dataset.productId = line.productId;
  shown.dataset.quantity = line.quantity;
  if (selected) {
    shown.setAttribute('aria-current', 'true');
  }
  const product = document.createElement('th');
  product.scope = 'row';
  const name = document.createElement('span');
  name.className = 'product-name';
  name.textContent = line.name;
  const sku = document.createElement('span');
  sku.className = 'sku';
  sku.textContent = line.sku;
  product.append(name, sku);
  shown.append(product);
  const price = shown.insertCell();
  price.className = 'number';
  price.textContent = money.text(line.price);
  const quantity = shown.insertCell();
  quantity.className = 'quantity';
  const count = document.createElement('b');
  count.textContent = line.quantity;
  quantity.append(button('less', '−', `One less ${line.name}`), count, button('more', '+', `One more ${line.name}`));
  const amount = shown.insertCell();
  amount.className = 'number amount';
  amount.textContent = money.text(line.price * line.quantity);
  shown.insertCell().append(button('remove', '×', `Remove ${line.name}`));
  return shown;
}

/** Shows `basket`. */
export function show(basket) {
  rows.replaceChildren(...basket.lines.map(line => row(line, line.productId === basket.selected)));
  rows.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  document.getElementById('basket-empty').hidden = !basket.isEmpty();
  document.getElementById('total').textContent = money.text(basket.total());
  const units = basket.units();
  document.getElementById('units').textContent = units === 0 ? 'No items' : units === 1 ? '1 item' : `${units} items`;
  document.getElementById('customer').textContent = basket.customer?.name ?? 'Not given';
  for (const id of ['pay-cash', 'pay-card', 'pay-exact', 'empty-basket']) {
    document.getElementById(id).disabled = basket.isEmpty();
  }
}

/** Calls `act(action, productId)` with less, more, remove or select when a line is touched. */
export function onTouch(act) {
  rows.addEventListener('click', event => {
    const productId = Number(event.target.closest('tr').dataset.productId);
    act(event.target.closest('button')?.dataset.action ?? 'select', productId);
  });
}
