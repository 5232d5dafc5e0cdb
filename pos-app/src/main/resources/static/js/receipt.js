// Shows a receipt in the page's #receipt.
import * as money from './money.js';

const METHODS = { CASH: 'Cash', CARD: 'Card', WALLET: 'Wallet' };

function put(id, text) {
  document.getElementById(id).textContent = text;
}

function itemRow(item) {
  const row = document.createElement('tr');
  const what = row.insertCell();
  const name = document.createElement('span');
  name.className = 'receipt-name';
  name.textContent = item.name;
  const count = document.createElement('span');
  count.className = 'receipt-count';
  count.textContent = `${item.quantity} × ${money.text(money.fromNumber(item.price))}`;
  what.append(name, count);
  const amount = row.insertCell();
  amount.className = 'number';
  amount.textContent = money.text(money.fromNumber(item.lineTotal));
  return row;
}

/** Fills in the receipt; `stores` are those of the chain, if they are known. */
export function show(receipt, stores = []) {
  const store = stores.find(candidate => candidate.id === receipt.storeId);
  put('receipt-store', store ? `${store.name} (${store.code})` : `Store ${receipt.storeId}`);
  put('receipt-no', receipt.orderNo);
  put('receipt-time', new Date(receipt.paidAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }));
  document.getElementById('receipt-time').dateTime = receipt.paidAt;
  document.getElementById('receipt-items').replaceChildren(...receipt.items.map(itemRow));
  put('receipt-total', money.text(money.fromNumber(receipt.total)));
  put('receipt-method', METHODS[receipt.method] ?? receipt.method);
  put('receipt-tendered', money.text(money.fromNumber(receipt.tendered)));
  put('receipt-change', money.text(money.fromNumber(receipt.changeDue)));
  document.getElementById('receipt-change-line').hidden = receipt.method !== 'CASH';
  put('receipt-customer', receipt.customerId ? `Customer ${receipt.customerId}` : '');
  put('receipt-order-id', receipt.orderId);
  document.getElementById('receipt').hidden = false;
}
