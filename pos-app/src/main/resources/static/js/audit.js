// The newest lines of the audit log, asked anew every few seconds.
import * as api from './api.js';
import { cell, moment, pill } from './cells.js';

const EVERY_MS = 4_000;
const ROWS = 200;
const KINDS = { ALLOWED: 'good', REFUSED: 'bad', FAILED: 'warn' };

const element = id => document.getElementById(id);
let asked = 0;

function row(event) {
  const shown = document.createElement('tr');
  shown.dataset.outcome = event.outcome;
  shown.dataset.action = event.action;
  cell(shown, moment(event.time));
  const user = document.createElement('th');
  user.scope = 'row';
  user.textContent = event.user || 'nobody';
  shown.append(user);
  cell(shown, event.address, 'address');
  cell(shown, `${event.door.toLowerCase().replace('_', ' ')} of ${event.node}`, 'address');
  cell(shown, pill(event.outcome.toLowerCase(), KINDS[event.outcome]));
  cell(shown, `${event.action} ${event.object}`, 'long');
  cell(shown, event.detail, 'long');
  return shown;
}

/** Only what is new: screen readers read it out. */
function say(text) {
  if (element('message').textContent !== text) {
    element('message').textContent = text;
  }
}

async function show() {
  const mine = ++asked;
  const chosen = new URLSearchParams({ limit: ROWS });
  const user = element('user').value.trim();
  const outcome = document.querySelector('input[name=outcome]:checked').value;
  if (user) {
    chosen.set('user', user);
  }
  if (outcome) {
    chosen.set('outcome', outcome);
  }
  try {
    const events = await api.get(`/api/audit?${chosen}`);
    if (mine !== asked) {
      return;
    }
    element('event-rows').replaceChildren(...events.map(row));
    element('events').hidden = events.length === 0;
    element('events').dataset.shown = `${outcome}/${user}`;
    say(events.length > 0 ? '' : user || outcome ? 'No line is like that.' : 'Nothing was written down yet.');
    element('as-of').textContent = `as of ${new Date().toLocaleTimeString()}`;
  } catch (failure) {
    if (mine === asked) {
      say(failure instanceof api.Refused ? failure.message : 'The log cannot be read now; asking again. Lines below may be old.');
      element('as-of').textContent = 'no answer';
    }
  }
}

async function follow() {
  await show();
  setTimeout(follow, EVERY_MS);
}

api.goToLoginWhenLoggedOut();
element('user').addEventListener('input', show);
element('outcomes').addEventListener('change', show);
follow();
