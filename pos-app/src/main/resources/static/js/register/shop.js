// The store that this register stands in, chosen once and remembered.
import * as api from '../api.js';
import { till } from './storage.js';

const KEY = 'citygrid.store';
const AGAIN_MS = 3_000;

export class Shop {
  /** `say(text, kind)` speaks to the cashier; `moved()` is called when another store is chosen. */
  constructor(select, say, moved) {
    Object.assign(this, { select, say, stores: [], cities: new Map(), storeId: null });
    select.addEventListener('change', () => {
      this.storeId = Number(select.value) || null;
      till.write(KEY, this.storeId);
      moved();
    });
  }

  cityName(cityId) {
    return this.cities.get(cityId) ?? '';
  }

  /** Loads the stores, again and again until they are there. */
  async load() {
    for (;;) {
      try {
        const [stores, cities] = await Promise.all([api.get('/api/stores'), api.get('/api/cities')]);
        this.stores = stores;
        this.cities = new Map(cities.map(city => [city.id, city.name]));
        this.show();
        return;
      } catch (failure) {
        this.say('The grid does not answer yet: the stores cannot be loaded. Trying again.', 'bad');
        await new Promise(resume => setTimeout(resume, AGAIN_MS));
      }
    }
  }

  show() {
    const groups = Array.from(this.cities, ([cityId, name]) => {
      const group = document.createElement('optgroup');
      group.label = name;
      group.append(...this.stores
        .filter(store => store.cityId === cityId)
        .map(store => new Option(`${store.code} · ${store.name}`, store.id)));
      return group;
    });
    this.select.replaceChildren(new Option('Choose a store…', ''), ...groups);
    const remembered = till.read(KEY);
    this.storeId = this.stores.some(store => store.id === remembered) ? remembered : null;
    this.select.value = this.storeId ?? '';
  }
}
