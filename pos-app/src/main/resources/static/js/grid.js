// The page that shows nodes, databases and city fragments, asked anew every two seconds.
import * as api from './api.js';
import { followBackups } from './backups.js';
import { cell, moment, pill } from './cells.js';
import { cityMap } from './grid-map.js';
import { showDatabases } from './grid-databases.js';
import { showFailure, showHeadline } from './grid-headline.js';
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
    return pill('gone', 'bad');
  }
  if (!node.inBaseline) {
    return pill('alive, without data', 'warn');
  }
  return node.lastReport ? pill('alive', 'good') : pill('alive, silent', 'warn');
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
  const moving = picture.fragments.filter(fragment => fragment.moving.includes(node.name)).length;
  cell(row, moving, moving === 0 ? 'number' : 'number warn');
  cell(row, node.lastReport ? moment(node.lastReport) : '', 'address');
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
  showHeadline(picture.headline);
}

function fail(failure) {
  element('picture').classList.add('stale');
  showFailure(failure, shownAt);
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

api.goToLoginWhenLoggedOut();
refresh();
followLog(EVERY_MS);
followBackups();
