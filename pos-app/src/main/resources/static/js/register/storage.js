// What a page keeps in the browser. A browser that refuses to keep anything must not stop a sale.

function read(area, key) {
  try {
    return JSON.parse(area.getItem(key));
  } catch {
    return null;
  }
}

function write(area, key, value) {
  try {
    if (value === null) {
      area.removeItem(key);
    } else {
      area.setItem(key, JSON.stringify(value));
    }
  } catch (refused) {
    console.warn('the browser does not keep', key, refused);
  }
}

/** Kept for all tabs, over restarts of the browser. */
export const till = {
  read: key => read(localStorage, key),
  write: (key, value) => write(localStorage, key, value),
  keys: prefix => Object.keys(localStorage).filter(key => key.startsWith(prefix)),
};

/** Kept for this tab, over reloads: two tabs are two registers. */
export const tab = {
  read: key => read(sessionStorage, key),
  write: (key, value) => write(sessionStorage, key, value),
};
