// The backups that the nodes have, asked anew now and then: what they take on disk is counted each time.
import * as api from './api.js';
import { cell, moment, pill } from './cells.js';

const EVERY_MS = 15_000;
const element = id => document.getElementById(id);

const megabytes = bytes => `${(bytes / 1e6).toFixed(1)} MB`;

function row(backup) {
  const shown = document.createElement('tr');
  shown.dataset.backup = backup.name;
  shown.dataset.complete = backup.complete;
  const name = document.createElement('th');
  name.scope = 'row';
  name.textContent = backup.name;
  shown.append(name);
  cell(shown, moment(backup.begun));
  cell(shown, moment(backup.newest));
  cell(shown, backup.increments === 0 ? 'none' : backup.increments, 'number');
  cell(shown, megabytes(backup.snapshotBytes), 'number');
  cell(shown, megabytes(backup.dumpBytes), 'number');
  cell(shown, backup.complete ? pill('complete', 'good') : pill('incomplete', 'bad'));
  cell(shown, backup.problems.join('; '), 'long');
  return shown;
}

function words({ closed, silentNodes, backups }) {
  const said = [];
  if (closed) {
    said.push(`${closed[0].toUpperCase()}${closed.slice(1)}.`);
  }
  if (backups.length === 0) {
    said.push('There is no backup yet: run ./pos ops backup.');
  } else if (!backups[0].complete) {
    said.push('The newest backup is not complete: make another with ./pos ops backup.');
  }
  if (silentNodes.length > 0) {
    said.push(`${silentNodes.join(', ')} did not answer and may have more.`);
  }
  return said.join(' ');
}

/** Only what is new: screen readers read it out. */
function say(text) {
  const message = element('backups-message');
  if (message.textContent !== text) {
    message.textContent = text;
  }
}

/** Shows them, and again after a while, for ever. */
export async function followBackups() {
  for (;;) {
    try {
      const list = await api.get('/api/backups');
      element('backup-rows').replaceChildren(...list.backups.map(row));
      element('backups').hidden = list.backups.length === 0;
      say(words(list));
    } catch (failure) {
      say('The backups cannot be listed now; asking again. Rows below may be old.');
    }
    await new Promise(resolve => setTimeout(resolve, EVERY_MS));
  }
}
