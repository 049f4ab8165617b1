/** A key that names one send. */
export function idempotencyKey(): string {
  // A browser has `randomUUID` only on pages that came over https or from this machine.
  return crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join('-');
}
