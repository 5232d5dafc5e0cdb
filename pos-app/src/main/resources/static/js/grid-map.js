// One city's fragments as a table: a row for each node that holds some, a column for each slot.

function head(text, scope) {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.textContent = text;
  return cell;
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

function fragmentCell(fragment, node, home) {
  const name = `fragment ${fragment.fragment}`;
  if (fragment.primary === node.name) {
    return mark('P', home ? 'primary' : 'primary away', `${name}: primary on ${node.name}`);
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
  row.dataset.node = node.name;
  row.append(head(node.name, 'row'), ...fragments.map(fragment => fragmentCell(fragment, node, home)));
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
  const holds = node => (city.primariesByNode[node.name] ?? 0) + (city.backupsByNode[node.name] ?? 0) > 0;
  const nodes = picture.nodes
    .filter(node => node.cities.includes(city.id) || holds(node))
    .sort((a, b) => b.cities.includes(city.id) - a.cities.includes(city.id) || a.name.localeCompare(b.name));

  const section = document.createElement('section');
  section.className = 'city';
  section.dataset.city = city.id;
  const title = document.createElement('h3');
  title.textContent = city.takenOver ? `${city.name}: taken over by other cities` : city.name;
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
