// Order ids are minted at the register, so that a sale keeps its id over every retry and reload.

/** A random UUID (RFC 9562, version 4). */
export function mint() {
  if (typeof crypto.randomUUID === 'function') {
    return crypto.randomUUID();
  }
  // Browsers offer randomUUID on https and localhost only; a till may be served by plain http in its own network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
