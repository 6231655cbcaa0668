// A wall-clock time of Beijing, as forms hold it, and the moment it stands for. China has one zone and no summer time. Pure.

const WALL_CLOCK = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;
const BEIJING_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;

/** `2026-09-02T18:00` → `2026-09-02T18:00:00+08:00`; null for nothing or nonsense. */
export function beijingMoment(wall_clock: string | null | undefined): string | null {
  const found = WALL_CLOCK.exec(wall_clock ?? "");
  return found ? `${found[0]}${found[1] ? "" : ":00"}+08:00` : null;
}

/** A moment as `2026-11-30T20:15`, rounded down to the minute. */
export function wallClockOf(at_ms: number): string {
  return new Date(Math.floor(at_ms / MINUTE_MS) * MINUTE_MS + BEIJING_MS).toISOString().slice(0, 16);
}
