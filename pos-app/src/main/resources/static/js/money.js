// Amounts are whole paisa (hundredths) in scripts, so that sums are exact; the REST interface has decimals.

const grouped = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Hundredths of an amount that came as a JSON number. */
export function fromNumber(amount) {
  return Math.round(amount * 100);
}

/** The JSON number of an amount in hundredths. */
export function toNumber(hundredths) {
  return hundredths / 100;
}

/** For people: 1,234.50. */
export function text(hundredths) {
  return grouped.format(hundredths / 100);
}

/** What a cashier typed, in hundredths; null if it is no amount of money. */
export function parse(typed) {
  const plain = typed.replaceAll(/[\s,]/g, '');
  return /^\d{1,10}(\.\d{0,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null;
}
