// The databases in the picture that /api/grid gives: in reach or not, since when, and what waits for them.
import * as api from './api.js';
import { cell, moment, pill } from './cells.js';

const element = id => document.getElementById(id);
const count = (number, one, many) => `${number.toLocaleString()} ${number === 1 ? one : many}`;

function state(database) {
  if (database.reachable === null) {
    return pill('unknown', 'warn');
  }
  return database.reachable ? pill('in reach', 'good') : pill('out of reach', 'bad');
}

function row(database, of, waiting, oldest) {
  const shown = document.createElement('tr');
  shown.dataset.database = database.name ?? '';
  shown.dataset.reachable = database.reachable;
  const name = document.createElement('th');
  name.scope = 'row';
  name.textContent = database.name ?? 'not reported yet';
  shown.append(name);
  cell(shown, of);
  const mark = cell(shown, state(database));
  if (database.reason) {
    const reason = document.createElement('span');
    reason.className = 'small reason';
    reason.textContent = database.reason;
    mark.append(reason);
  }
  cell(shown, database.since ? moment(database.since) : '');
  cell(shown, waiting || 'Nothing waits', waiting ? 'waiting' : 'hint');
  cell(shown, oldest ? moment(oldest) : '');
  return shown;
}

function cityRow(city) {
  const waiting = city.outbox.entries > 0 ? count(city.outbox.entries, 'outbox entry', 'outbox entries') : '';
  return row(city.database, city.name, waiting, city.outbox.oldestQueuedAt);
}

function centralRow(central) {
  const waiting = [
    central.ordersWaiting > 0 ? count(central.ordersWaiting, 'order', 'orders') : '',
    central.logWaiting > 0 ? count(central.logWaiting, 'log row', 'log rows') : '',
  ].filter(Boolean).join(', ');
  return row(central, 'head office', waiting, null);
}

/** Shows those of `picture`. */
export function showDatabases(picture) {
  element('database-rows').replaceChildren(...picture.cities.map(cityRow), centralRow(picture.central));
}

function words(result) {
  const lost = result.targets.filter(target => !target.reachable).map(target => target.target);
  const parts = [`${result.delivered.toLocaleString()} delivered, ${result.waiting.toLocaleString()} waiting.`];
  if (lost.length > 0) {
    parts.push(`Out of reach: ${lost.join(', ')}.`);
  }
  if (result.silentNodes.length > 0) {
    parts.push(`No answer from ${result.silentNodes.join(', ')}.`);
  }
  return parts.join(' ');
}

async function retry() {
  const button = element('retry');
  const result = element('retry-result');
  button.disabled = true;
  result.textContent = 'The nodes are trying their databases…';
  try {
    result.textContent = words(await api.post('/api/replication/retry', {}));
  } catch (failure) {
    result.textContent = failure instanceof api.Refused ? failure.message : 'The web application does not answer.';
  }
  button.disabled = false;
}

element('retry').addEventListener('click', retry);
