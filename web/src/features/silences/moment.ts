// A moment as the field of a form holds it: `2026-11-30T20:15`, always Beijing time. Pure.

const BEIJING_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;

/** Rounded down to the minute. */
export function fieldOf(at_ms: number): string {
  return new Date(Math.floor(at_ms / MINUTE_MS) * MINUTE_MS + BEIJING_MS).toISOString().slice(0, 16);
}
