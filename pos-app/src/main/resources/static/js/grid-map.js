// One city's fragments as a table: a row for each node that holds some, a column for each slot.

import { pill } from './cells.js';

const SELLS = {
  yes: ['sells', 'good'],
  part: ['sells in part', 'bad'],
  no: ['cannot sell', 'bad'],
};

function head(text, scope) {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}

/** For those who have the page read out: what others see by a line through the name. */
function unseen(text) {
  const words = document.createElement('span');
  words.className = 'for-readers';
  words.textContent = text;
  return words;
}

function mark(letter, className, title) {
  const cell = document.createElement('td');
  const shown = document.createElement('span');
  shown.className = `cell ${className}`;
  shown.textContent = letter;
  shown.title = title;
  cell.append(shown);
  return cell;
}

const SELLING = {
  soon: ', being compared with PostgreSQL',
  shut: ', shut until a person has settled it',
  lost: ', without a living copy',
};

function fragmentCell(fragment, node, home) {
  const name = `fragment ${fragment.fragment}`;
  if (fragment.primary === node.name) {
    const shut = fragment.selling === 'yes' ? '' : ' shut';
    const words = SELLING[fragment.selling] ?? '';
    return mark('P', (home ? 'primary' : 'primary away') + shut, `${name}: primary on ${node.name}${words}`);
  }
  if (fragment.moving.includes(node.name)) {
    return mark('M', 'moving', `${name}: its copy is moving to ${node.name}`);
  }
  if (fragment.backups.includes(node.name)) {
    return mark('B', 'backup', `${name}: backup on ${node.name}`);
  }
  return mark('', 'none', `${name}: not on ${node.name}`);
}

function nodeRow(node, city, fragments) {
  const home = node.cities.includes(city.id);
  const row = document.createElement('tr');
  row.className = home ? 'home' : 'elsewhere';
  row.dataset.alive = node.alive;
  row.dataset.node = node.name;
  const name = head(node.name, 'row');
  if (!node.alive) {
    name.title = `${node.name} is gone`;
    name.append(unseen(', gone'));
  }
  row.append(name, ...fragments.map(fragment => fragmentCell(fragment, node, home)));
  return row;
}

function lostRow(fragments) {
  const row = document.createElement('tr');
  row.append(head('no node', 'row'), ...fragments.map(fragment => (fragment.primary
    ? mark('', 'none', '')
    : mark('!', 'lost', `fragment ${fragment.fragment} is on no living node`))));
  return row;
}

/** The map of `city` in the picture that /api/grid gives. */
export function cityMap(city, picture) {
  const fragments = picture.fragments.filter(fragment => fragment.cityId === city.id).sort((a, b) => a.slot - b.slot);
  const holds = node => fragments.some(fragment => fragment.primary === node.name
    || fragment.backups.includes(node.name) || fragment.moving.includes(node.name));
  const nodes = picture.nodes
    .filter(node => node.cities.includes(city.id) || holds(node))
    .sort((a, b) => b.cities.includes(city.id) - a.cities.includes(city.id) || a.name.localeCompare(b.name));

  const section = document.createElement('section');
  section.className = 'city';
  section.dataset.city = city.id;
  const title = document.createElement('h3');
  title.append(city.takenOver ? `${city.name}: taken over by other cities ` : `${city.name} `, pill(...SELLS[city.sells]));
  const table = document.createElement('table');
  table.className = 'map';
  const slots = table.createTHead().insertRow();
  slots.append(head('slot', 'col'), ...fragments.map(fragment => head(String(fragment.slot), 'col')));
  table.createTBody().append(...nodes.map(node => nodeRow(node, city, fragments)));
  if (city.fragmentsWithoutNode > 0) {
    table.tBodies[0].append(lostRow(fragments));
  }
  const scroll = document.createElement('div');
  scroll.className = 'scroll';
  scroll.append(table);
  section.append(title, scroll);
  return section;
}
