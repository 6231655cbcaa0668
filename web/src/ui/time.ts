// Times for people: always Beijing time, whatever the machine's zone, because limits and bulletins are stated in it.

const ZONE = "Asia/Shanghai";
const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

const format = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
});

function parts(ms: number): Record<string, string> {
  return Object.fromEntries(format.formatToParts(ms).map((part) => [part.type, part.value]));
}

/** RFC 3339 to milliseconds; NaN-free: an unreadable time is null. */
export function parseTime(text: string | null | undefined): number | null {
  if (!text) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** `2026-11-23 21:05:11` */
export function dateTime(text: string | null | undefined): string {
  const ms = parseTime(text);
  if (ms === null) return "–";
  const p = parts(ms);
  return `${p["year"]}-${p["month"]}-${p["day"]} ${p["hour"]}:${p["minute"]}:${p["second"]}`;
}

/** `21:05:11` today, `11-22 21:05` before. */
export function shortTime(text: string | null | undefined, now_ms: number): string {
  const ms = parseTime(text);
  if (ms === null) return "–";
  const p = parts(ms);
  const today = parts(now_ms);
  const same_day = p["year"] === today["year"] && p["month"] === today["month"] && p["day"] === today["day"];
  return same_day ? `${p["hour"]}:${p["minute"]}:${p["second"]}` : `${p["month"]}-${p["day"]} ${p["hour"]}:${p["minute"]}`;
}

/** `21:05:11.123`, for the time line where tenths of a second are the point. */
export function preciseTime(text: string | null | undefined): string {
  const ms = parseTime(text);
  if (ms === null) return "–";
  const p = parts(ms);
  return `${p["hour"]}:${p["minute"]}:${p["second"]}.${String(((ms % SECOND_MS) + SECOND_MS) % SECOND_MS).padStart(3, "0")}`;
}

/** A running count: `0:42`, `12:03`, `3:00:10`, `2d 04:00:00`. */
export function countdown(ms: number): string {
  const total_s = Math.floor(Math.abs(ms) / SECOND_MS);
  const days = Math.floor(total_s / DAY_S);
  const hours = Math.floor((total_s % DAY_S) / HOUR_S);
  const minutes = Math.floor((total_s % HOUR_S) / MINUTE_S);
  const seconds = String(total_s % MINUTE_S).padStart(2, "0");
  if (days > 0) return `${days}d ${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}:${seconds}`;
  if (hours > 0) return `${hours}:${String(minutes).padStart(2, "0")}:${seconds}`;
  return `${minutes}:${seconds}`;
}

export interface Duration {
  value: string;
  unit: "ms" | "s" | "min" | "h" | "d";
}

/** A measured span with the unit that reads best; the unit's word comes from the locale. */
export function duration(ms: number): Duration {
  if (ms < SECOND_MS) return { value: String(Math.round(ms)), unit: "ms" };
  const s = ms / SECOND_MS;
  if (s < MINUTE_S) return { value: trim(s), unit: "s" };
  if (s < HOUR_S) return { value: trim(s / MINUTE_S), unit: "min" };
  if (s < DAY_S) return { value: trim(s / HOUR_S), unit: "h" };
  return { value: trim(s / DAY_S), unit: "d" };
}

function trim(value: number): string {
  return value.toFixed(1).replace(/\.0$/, "");
}
