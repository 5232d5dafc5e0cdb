// A list of matches below a text field (the ARIA combobox pattern): the focus stays in the field, arrow keys choose.

export class ChoiceList {
  /** `describe(item)` gives [text, small text, right text]; `pick(item)` is called for a chosen item. */
  constructor(input, list, describe, pick) {
    Object.assign(this, { input, list, describe, pick, items: [], active: -1 });
    list.addEventListener('pointerdown', event => event.preventDefault());
    list.addEventListener('click', event => {
      const option = event.target.closest('[role=option]');
      if (option) {
        this.pick(this.items[Number(option.dataset.index)]);
      }
    });
  }

  isOpen() {
    return this.items.length > 0;
  }

  chosen() {
    return this.items[this.active];
  }

  show(items) {
    this.items = items;
    this.list.replaceChildren(...items.map((item, index) => this.option(item, index)));
    this.list.hidden = items.length === 0;
    this.input.setAttribute('aria-expanded', String(items.length > 0));
    this.activate(items.length > 0 ? 0 : -1);
  }

  close() {
    this.show([]);
  }

  move(step) {
    this.activate((this.active + step + this.items.length) % this.items.length);
  }

  activate(index) {
    this.active = index;
    let activeId = '';
    for (const option of this.list.children) {
      const chosen = Number(option.dataset.index) === index;
      option.setAttribute('aria-selected', String(chosen));
      if (chosen) {
        activeId = option.id;
        option.scrollIntoView({ block: 'nearest' });
      }
    }
    this.input.setAttribute('aria-activedescendant', activeId);
  }

  option(item, index) {
    const option = document.createElement('li');
    option.id = `${this.list.id}-${index}`;
    option.dataset.index = index;
    option.dataset.id = item.id;
    option.setAttribute('role', 'option');
    const [text, small, right] = this.describe(item);
    for (const [part, className] of [[text, 'match-name'], [small, 'match-code'], [right, 'match-right']]) {
      const shown = document.createElement('span');
      shown.className = className;
      shown.textContent = part;
      option.append(shown);
    }
    return option;
  }
}
