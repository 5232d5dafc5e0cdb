// Small parts of tables.

/** Adds a cell to `row`. */
export function cell(row, content, className) {
  const added = row.insertCell();
  added.append(content);
  added.className = className ?? '';
  return added;
}

/** A coloured mark with a word in it; `kind` is good, warn or bad. */
export function pill(text, kind) {
  const mark = document.createElement('span');
  mark.className = `pill ${kind}`;
  mark.textContent = text;
  return mark;
}

/** A moment in the reader's own time: the time of day, and the day too if it is not today's. */
export function moment(iso) {
  const at = new Date(iso);
  const shown = document.createElement('time');
  shown.dateTime = iso;
  shown.textContent = at.toDateString() === new Date().toDateString()
    ? at.toLocaleTimeString()
    : at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
  return shown;
}
