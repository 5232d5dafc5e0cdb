// The line at the top: who sells, what is wrong, what to do first. /api/grid words it; here is only what it cannot say itself.
import * as api from './api.js';

const element = id => document.getElementById(id);

/** Only what is new: screen readers read it out. */
function say(kind, text, further) {
  element('headline').dataset.kind = kind;
  const line = element('headline-text');
  if (line.textContent !== text) {
    line.textContent = text;
    document.title = `${kind === 'good' ? '' : '\u26a0 '}Grid \u00b7 CityGrid POS`;
  }
  element('headline-further').replaceChildren(...further.map(trouble => {
    const item = document.createElement('li');
    item.textContent = trouble;
    return item;
  }));
  element('headline-further').hidden = further.length === 0;
}

/** Shows what the grid says of itself. */
export function showHeadline(headline) {
  say(headline.kind, headline.text, headline.further);
}

/** Says that there is no picture, and since when. */
export function showFailure(failure, shownAt) {
  const since = shownAt ? ` What is below was true at ${shownAt}.` : '';
  const text = failure instanceof api.Refused
    ? `No city can sell from here: no node of the grid answers. Start the grid\u2019s nodes; if they run, look at the network.${since}`
    : `The web application does not answer, so the registers that use it cannot sell: start it again.${since}`;
  say('bad', text, []);
}
