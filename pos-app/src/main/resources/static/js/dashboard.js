// What a manager looks at: sales of a period, asked anew every five seconds.
import * as api from './api.js';
import { cell } from './cells.js';
import { draw } from './dashboard-charts.js';
import * as money from './money.js';

const EVERY_MS = 5_000;
const PRODUCTS_SHOWN = 10;
const LOW_BELOW = 10;
const LOW_SHOWN = 12;
const DAYS_SHOWN = 30;
const DAY_MS = 86_400_000;

const element = id => document.getElementById(id);
const whole = new Intl.NumberFormat('en');
let shownAt = null;
let round = 0;

const daysBefore = (day, days) => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** The choices of the reader: a first and a last day, as far as there are any, and a city. */
function choices(today) {
  const days = document.querySelector('input[name=period]:checked').value;
  return {
    days: days === '' ? null : Number(days),
    from: days === '' ? null : daysBefore(today, Number(days) - 1),
    to: days === '' ? null : today,
    city: element('city').value,
  };
}

function address(path, by, { from, to, city }) {
  const query = new URLSearchParams({ by });
  for (const [name, value] of Object.entries({ from, to, cityId: city })) {
    if (value) {
      query.set(name, value);
    }
  }
  return `${path}?${query}`;
}

const report = (by, chosen) => api.get(address('/api/reports/sales', by, chosen));

async function ask() {
  const { day } = await api.get('/api/reports/business-day');
  const chosen = choices(day);
  const before = chosen.days === null ? null
    : { ...chosen, from: daysBefore(chosen.from, chosen.days), to: daysBefore(chosen.to, chosen.days) };
  const overTime = chosen.days === 1 ? { ...chosen, from: daysBefore(day, DAYS_SHOWN - 1) } : chosen;
  const low = new URLSearchParams({ below: LOW_BELOW, limit: LOW_SHOWN, ...(chosen.city ? { cityId: chosen.city } : {}) });
  const [days, cities, stores, categories, products, earlier, lowStock, allCities] = await Promise.all([
    report('day', overTime), report('city', chosen), report('store', chosen), report('category', chosen),
    report('product', chosen).catch(() => null), before ? report('city', before) : null, api.get(`/api/reports/low-stock?${low}`),
    api.get('/api/cities'),
  ]);
  return { chosen, overTime, days, cities, stores, categories, products, earlier, lowStock, allCities };
}

/** How much more than in the period before, in words. */
function compared(now, before, days) {
  const period = days === 1 ? 'yesterday' : `the ${days} days before`;
  if (!before) {
    return `nothing ${days === 1 ? 'yesterday' : 'in ' + period}`;
  }
  const percent = Math.round((now / before - 1) * 100);
  return `${percent < 0 ? '' : '+'}${percent} % on all of ${period}`;
}

function show({ chosen, overTime, days, cities, stores, categories, products, earlier, lowStock, allCities }) {
  element('revenue').textContent = money.text(money.fromNumber(cities.total));
  element('receipts').textContent = whole.format(cities.orders);
  element('units').textContent = whole.format(cities.units);
  element('average').textContent = cities.orders === 0 ? '–' : money.text(Math.round(money.fromNumber(cities.total) / cities.orders));
  element('revenue-before').textContent = earlier ? compared(cities.total, earlier.total, chosen.days) : '';
  element('receipts-before').textContent = earlier ? compared(cities.orders, earlier.orders, chosen.days) : '';
  draw('days', 'bar', days.rows);
  draw('cities', 'bar', cities.rows);
  draw('stores', 'bar', stores.rows, true);
  draw('categories', 'doughnut', categories.rows);
  showProducts(products);
  showLowStock(lowStock);
  showCities(allCities);
  for (const link of document.querySelectorAll('.download')) {
    link.href = address('/api/reports/sales.csv', link.dataset.by, link.dataset.by === 'day' ? overTime : chosen);
  }
  element('figures').hidden = false;
  element('figures').classList.remove('stale');
  element('figures').dataset.round = ++round;
  say(cities.orders === 0 ? 'Nothing was sold in this period. Choose a longer one, or sell something at the register.' : '', '');
}

function named(row, text) {
  const name = document.createElement('th');
  name.scope = 'row';
  name.textContent = text;
  row.append(name);
}

/** Products are counted line by line; a long period may take too long while all else is known. */
function showProducts(products) {
  if (products === null) {
    element('product-rows').replaceChildren();
    cell(element('product-rows').insertRow(), 'Not counted in time: choose a shorter period or a city.').colSpan = 3;
    return;
  }
  const rows = products.rows.slice(0, PRODUCTS_SHOWN);
  element('product-rows').replaceChildren(...rows.map(product => {
    const row = document.createElement('tr');
    named(row, product.name);
    cell(row, whole.format(product.units), 'number');
    cell(row, money.text(money.fromNumber(product.revenue)), 'number');
    return row;
  }));
}

function showLowStock(rows) {
  element('low-rows').replaceChildren(...rows.map(product => {
    const row = document.createElement('tr');
    named(row, product.product);
    cell(row, product.store);
    cell(row, whole.format(product.quantity), product.quantity === 0 ? 'number bad' : 'number');
    return row;
  }));
  if (rows.length === 0) {
    const row = element('low-rows').insertRow();
    const nothing = cell(row, `No store has fewer than ${LOW_BELOW} of anything.`);
    nothing.colSpan = 3;
  }
}

function showCities(cities) {
  const select = element('city');
  const shown = new Set([...select.options].map(option => option.value));
  for (const city of cities) {
    if (!shown.has(String(city.id))) {
      select.add(new Option(city.name, city.id));
    }
  }
}

function say(text, kind) {
  const message = element('message');
  if (message.textContent !== text) {
    message.textContent = text;
  }
  message.className = `message ${kind}`;
}

let asked = 0;

async function refresh() {
  const mine = ++asked;
  try {
    const answer = await ask();
    if (mine === asked) {
      show(answer);
      shownAt = new Date().toLocaleTimeString();
      element('as-of').textContent = `as of ${shownAt}`;
    }
  } catch (failure) {
    if (mine === asked) {
      element('figures').classList.add('stale');
      const since = shownAt ? ` What is below was true at ${shownAt}.` : '';
      say((failure instanceof api.Refused ? failure.message : 'The web application does not answer.') + since, 'bad');
      element('as-of').textContent = 'no answer';
    }
  }
}

async function follow() {
  await refresh();
  setTimeout(follow, EVERY_MS);
}

api.goToLoginWhenLoggedOut();
element('period').addEventListener('change', refresh);
element('city').addEventListener('change', refresh);
window.addEventListener('load', follow);
