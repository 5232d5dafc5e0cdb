// The page that shows nodes, databases and city fragments, asked anew every two seconds.
import * as api from './api.js';
import { followBackups } from './backups.js';
import { cell, pill } from './cells.js';
import { cityMap } from './grid-map.js';
import { showDatabases } from './grid-databases.js';
import { followLog } from './replication-log.js';

const EVERY_MS = 2_000;
const SURVIVES = {
  node: 'a node',
  city: 'a city',
  both: 'a city, or a node',
};
const REACH_POSTGRES = {
  'in-transaction': 'before they commit',
  'after-commit': 'right after they commit',
  queued: 'later, from a queue',
};
const CITY_LOSS = {
  'hand-over': 'others sell for it',
  'keep-selling': 'it keeps selling',
};

const element = id => document.getElementById(id);
let shownAt = null;

function state(node) {
  if (!node.alive) {
    return pill('away', 'bad');
  }
  return node.inBaseline ? pill('alive', 'good') : pill('alive, without data', 'warn');
}

function nodeRow(node, picture, cityNames) {
  const row = document.createElement('tr');
  row.dataset.node = node.name;
  row.dataset.alive = node.alive;
  const name = document.createElement('th');
  name.scope = 'row';
  name.textContent = node.name;
  row.append(name);
  cell(row, node.cities.map(id => cityNames.get(id) ?? id).join(', '));
  cell(row, state(node));
  const count = counts => picture.cities.reduce((sum, city) => sum + (counts(city)[node.name] ?? 0), 0);
  cell(row, count(city => city.primariesByNode), 'number');
  cell(row, count(city => city.backupsByNode), 'number');
  cell(row, node.address, 'address');
  return row;
}

function show(picture) {
  const cityNames = new Map(picture.cities.map(city => [city.id, city.name]));
  const alive = picture.nodes.filter(node => node.alive).length;
  const off = picture.cities.reduce((sum, city) => sum + city.fragmentsOffCity, 0);
  element('cluster-state').replaceChildren(
    pill(picture.clusterState.toLowerCase(), picture.clusterState === 'ACTIVE' ? 'good' : 'bad'));
  element('survival-goal').textContent = SURVIVES[picture.survivalGoal] ?? picture.survivalGoal;
  element('survival-goal').dataset.goal = picture.survivalGoal;
  element('nodes-alive').textContent = `${alive} of ${picture.nodes.length} alive`;
  element('nodes-alive').className = alive < picture.nodes.length ? 'bad' : '';
  element('off-city').textContent = off === 0 ? 'none' : String(off);
  element('off-city').className = off === 0 ? '' : 'warn';
  element('write-through').textContent = REACH_POSTGRES[picture.writeThrough] ?? picture.writeThrough;
  element('write-through').dataset.setting = picture.writeThrough;
  element('city-loss').textContent = CITY_LOSS[picture.cityLoss] ?? picture.cityLoss;
  element('city-loss').dataset.setting = picture.cityLoss;
  showDatabases(picture);
  element('node-rows').replaceChildren(...picture.nodes.map(node => nodeRow(node, picture, cityNames)));
  element('cities').replaceChildren(...picture.cities.map(city => cityMap(city, picture)));
  element('picture').hidden = false;
  element('picture').classList.remove('stale');
  const trouble = troubles(picture, cityNames);
  if (trouble) {
    say(trouble, 'bad');
  } else if (picture.cities.length === 0) {
    say('The grid is there but holds no city yet.', '');
  } else {
    say('', '');
  }
}

const fragments = count => (count === 1 ? '1 fragment' : `${count} fragments`);

/** What keeps stores from selling, the worst first; empty if nothing does. */
function troubles(picture, cityNames) {
  const { lost = [], shut = [], soon = [] } = Object.groupBy(picture.fragments, fragment => fragment.selling);
  const said = [];
  if (lost.length > 0) {
    said.push(`${fragments(lost.length)} cannot be read, and the stores there cannot sell. Start the nodes that are away; `
      + 'if that does not help, stop all nodes and start them again. Do not reset lost partitions.');
  }
  for (const [message, there] of Map.groupBy(shut, fragment => fragment.message)) {
    const where = there.length === 1
      ? `${cityNames.get(there[0].cityId)}, slot ${there[0].slot}, is shut`
      : `${fragments(there.length)} are shut`;
    said.push(`${where}: ${message}.`);
  }
  if (soon.some(fragment => fragment.message.startsWith('the grid is closed'))) {
    said.push(`No store sells: ${soon[0].message}.`);
  } else if (soon.length > 0) {
    const names = [...new Set(soon.map(fragment => cityNames.get(fragment.cityId)))].join(', ');
    said.push(`${fragments(soon.length)} of ${names} are compared with PostgreSQL before the stores there sell.`);
  }
  return said.join(' ');
}

function say(text, kind) {
  const message = element('message');
  if (message.textContent !== text) {
    message.textContent = text;
  }
  message.className = `message ${kind}`;
}

function fail(failure) {
  element('picture').classList.add('stale');
  const since = shownAt ? ` What is below was true at ${shownAt}.` : '';
  say((failure instanceof api.Refused ? failure.message : 'The web application does not answer.') + since, 'bad');
  element('as-of').textContent = 'no answer';
}

async function refresh() {
  try {
    show(await api.get('/api/grid'));
    shownAt = new Date().toLocaleTimeString();
    element('as-of').textContent = `as of ${shownAt}`;
  } catch (failure) {
    fail(failure);
  }
  setTimeout(refresh, EVERY_MS);
}

refresh();
followLog(EVERY_MS);
followBackups();
