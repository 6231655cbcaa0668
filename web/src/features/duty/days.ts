// Days and hours of a roster, in Beijing time whatever the machine's zone.

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;
const DATE_CHARS = 10;

/** `2026-11-30`, the Beijing day of a moment. */
export function dayOf(ms: number): string {
  return new Date(ms + BEIJING_MS).toISOString().slice(0, DATE_CHARS);
}

/** When a Beijing day begins. */
export function beginOf(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`);
}

export function dayAfter(day: string, days: number): string {
  return dayOf(beginOf(day) + days * DAY_MS);
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return dayAfter(day, -weekday);
}

/** `08:00`; the end of a day is `24:00` of that day. */
export function clockOf(ms: number, day: string): string {
  const minutes = Math.round((ms - beginOf(day)) / MINUTE_MS);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(((minutes % 60) + 60) % 60).padStart(2, "0")}`;
}
