// What all dialogs of the register have in common: Enter confirms, Esc leaves, and one is open at a time.

/** Whether a dialog is open. */
export function anyOpen() {
  return document.querySelector('dialog[open]') !== null;
}

export class Dialog {
  /** `confirm` is called by Enter, `leave` when it is left by Esc or Back. */
  constructor(id, { confirm = () => {}, leave = () => {} } = {}) {
    this.element = document.getElementById(id);
    this.element.querySelector('form').addEventListener('submit', submitted => {
      submitted.preventDefault();
      confirm();
    });
    this.element.addEventListener('cancel', cancelled => {
      cancelled.preventDefault();
      leave();
    });
    this.element.querySelector('[data-close]')?.addEventListener('click', () => leave());
  }

  isOpen() {
    return this.element.open;
  }

  open(focus) {
    if (!this.element.open) {
      this.element.showModal();
    }
    focus?.focus();
    focus?.select?.();
  }

  close() {
    this.element.close();
  }
}
