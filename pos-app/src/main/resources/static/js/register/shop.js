// The store that this register stands in, chosen once and remembered.
import * as api from '../api.js';
import { till } from './storage.js';

const STORE_KEY = 'citygrid.store';
const CHAIN_KEY = 'citygrid.chain';
const SAY_AFTER_MS = 1_500;
const AGAIN_MS = 3_000;

export class Shop {
  /** `say(text, kind)` speaks to the cashier; `moved()` is called when another store is chosen. */
  constructor(select, say, moved) {
    Object.assign(this, { select, say, stores: [], cities: [], storeId: till.read(STORE_KEY) });
    select.addEventListener('change', () => {
      this.storeId = Number(select.value) || null;
      till.write(STORE_KEY, this.storeId);
      moved();
    });
    // The stores of last time, so that a reload can go on while the grid is slow or away.
    const kept = till.read(CHAIN_KEY);
    if (kept?.stores && kept?.cities) {
      this.show(kept);
    }
  }

  cityName(cityId) {
    return this.cities.find(city => city.id === cityId)?.name ?? '';
  }

  /** Loads the stores, again and again until they are there. */
  async load() {
    const waiting = setTimeout(() => this.say('Waiting for the grid…', 'bad'), SAY_AFTER_MS);
    for (;;) {
      try {
        const [stores, cities] = await Promise.all([api.get('/api/stores'), api.get('/api/cities')]);
        clearTimeout(waiting);
        till.write(CHAIN_KEY, { stores, cities });
        this.show({ stores, cities });
        return;
      } catch (failure) {
        if (failure.code === 'not-logged-in') {
          location.assign('/login?back=/');
          return;
        }
        this.say('The grid does not answer: nothing can be sold now. Trying again.', 'bad');
        await new Promise(resume => setTimeout(resume, AGAIN_MS));
      }
    }
  }

  show({ stores, cities }) {
    Object.assign(this, { stores, cities });
    const groups = cities.map(city => {
      const group = document.createElement('optgroup');
      group.label = city.name;
      group.append(...stores
        .filter(store => store.cityId === city.id)
        .map(store => new Option(`${store.code} · ${store.name}`, store.id)));
      return group;
    });
    this.select.replaceChildren(new Option('Choose a store…', ''), ...groups);
    if (!stores.some(store => store.id === this.storeId)) {
      this.storeId = null;
    }
    this.select.value = this.storeId ?? '';
  }
}
