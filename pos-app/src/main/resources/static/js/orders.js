// The page that shows the receipt of an order id.
import * as api from './api.js';
import * as receipt from './receipt.js';

const DURABILITY = {
  WRITTEN_THROUGH: 'This sale is in the grid and in the city’s database.',
  QUEUED: 'This sale is safe in the grid; the city’s database gets it when it can be reached.',
};

const message = document.getElementById('message');
const input = document.getElementById('order-id');

function wanted() {
  const inPath = location.pathname.match(/^\/orders\/(.+)$/);
  return (inPath ? decodeURIComponent(inPath[1]) : new URLSearchParams(location.search).get('id') ?? '').trim();
}

function say(text, kind) {
  message.textContent = text;
  message.className = `message ${kind}`;
}

async function show(orderId) {
  say('Looking for the order…', '');
  const stores = api.get('/api/stores').catch(() => []);
  try {
    const found = await api.get(`/api/orders/${encodeURIComponent(orderId)}`);
    receipt.show(found, await stores);
    const durability = document.getElementById('durability');
    durability.textContent = DURABILITY[found.durability] ?? '';
    durability.hidden = false;
    document.getElementById('print-receipt').hidden = false;
    say('', '');
  } catch (failure) {
    if (failure.code === 'unknown-order') {
      say('There is no order with this id now. If a register still asks for its answer, wait for that before selling it again.', 'bad');
    } else if (failure.code === 'malformed-request') {
      say('This is not an order id: 32 digits and letters from a to f, in groups of 8, 4, 4, 4 and 12.', 'bad');
    } else if (failure.code === 'try-again' || failure.code === 'forbidden-store') {
      say(failure.message, 'bad');
    } else {
      say('The order cannot be looked up now: the grid does not answer. Press Enter to try again.', 'bad');
    }
    input.select();
  }
}

document.getElementById('find').addEventListener('submit', submitted => {
  submitted.preventDefault();
  const orderId = input.value.trim();
  if (orderId) {
    location.assign(`/orders/${encodeURIComponent(orderId)}`);
  }
});
document.getElementById('print-receipt').addEventListener('click', () => window.print());

api.goToLoginWhenLoggedOut();
const orderId = wanted();
if (orderId) {
  input.value = orderId;
  show(orderId);
}
