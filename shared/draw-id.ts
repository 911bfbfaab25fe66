/** A new id, drawn without `randomUUID`, which browsers offer only over HTTPS and on localhost; and without zod. */
export const drawId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
