// A wall-clock time of Beijing, as picked in a form, as the moment the server wants. Pure.

const WALL_CLOCK = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/** `2026-09-02T18:00` → `2026-09-02T18:00:00+08:00`; null for nothing or nonsense. China has one zone and no summer time. */
export function beijingMoment(wall_clock: string | null | undefined): string | null {
  const found = WALL_CLOCK.exec(wall_clock ?? "");
  return found ? `${found[0]}${found[1] ? "" : ":00"}+08:00` : null;
}
