// How long after the question an answer came, for people.

const SECOND_MS = 1000;
const MINUTE_S = 60;

/** `12.3 s` within the first minute, where tenths tell a hand from a program; `3:07` later. */
export function afterText(after_ms: number | null | undefined): string {
  if (after_ms === null || after_ms === undefined) return "–";
  const s = after_ms / SECOND_MS;
  if (s < MINUTE_S) return `${s.toFixed(1)} s`;
  return `${Math.floor(s / MINUTE_S)}:${String(Math.floor(s % MINUTE_S)).padStart(2, "0")}`;
}
