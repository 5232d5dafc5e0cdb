// The newest rows of the replication log, asked anew all the time.
import * as api from './api.js';
import { cell, moment, pill } from './cells.js';

const ROWS = 50;
const element = id => document.getElementById(id);
let asked = 0;

function row(entry) {
  const shown = document.createElement('tr');
  shown.dataset.id = entry.id;
  shown.dataset.status = entry.status;
  cell(shown, moment(entry.logTime));
  cell(shown, pill(entry.status, entry.status === 'Success' ? 'good' : 'bad'));
  cell(shown, entry.targetDb);
  cell(shown, entry.tableName, 'long');
  cell(shown, entry.recordId, 'long');
  cell(shown, entry.message, 'long');
  return shown;
}

/** Only what is new: screen readers read it out. */
function say(text) {
  const message = element('log-message');
  if (message.textContent !== text) {
    message.textContent = text;
  }
}

async function show() {
  const mine = ++asked;
  const status = document.querySelector('input[name=log-status]:checked').value;
  try {
    const entries = await api.get(`/api/replication?limit=${ROWS}${status ? `&status=${status}` : ''}`);
    if (mine !== asked) {
      return;
    }
    element('log-rows').replaceChildren(...entries.map(row));
    element('log').hidden = entries.length === 0;
    element('log').dataset.shown = status || 'All';
    say(entries.length > 0 ? '' : status === 'Failed' ? 'No failed deliveries in the log.' : 'Nothing was delivered yet.');
  } catch (failure) {
    if (mine === asked) {
      say('The log cannot be read now; asking again. Rows below may be old.');
    }
  }
}

/** Shows the log, and again after `pauseMs`, for ever; at once when another filter is chosen. */
export async function followLog(pauseMs) {
  document.querySelectorAll('input[name=log-status]').forEach(choice => choice.addEventListener('change', show));
  for (;;) {
    await show();
    await new Promise(resolve => setTimeout(resolve, pauseMs));
  }
}
