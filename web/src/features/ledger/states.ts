// Colours of minutes, and the arithmetic of a day's strip. Pure.
import type { components } from "@/api/schema";

export type LedgerRun = components["schemas"]["LedgerRun"];

export const DAY_MINUTES = 1440;

/** Proved green, excused or unknown grey to blue, the opposite seen red, nobody to be there orange. */
const COLOURS: Record<string, string> = {
  not_required: "transparent",
  proven: "#2fa36b",
  proven_at_seat: "#8cc9a4",
  exempt: "#8fa8c9",
  camera_down: "#7d8b95",
  unwatched: "#b9c3c8",
  roll_call_failed: "#c04ca0",
  asleep: "#d98a2b",
  too_few: "#e0a53c",
  empty: "#c9281f",
  dummy: "#8d2fb0",
  replay: "#5b2a86",
  no_roster: "#d96a0b",
  no_contract: "#5a4a42",
};

export const colourOf = (state: string): string => COLOURS[state] ?? "#9aabae";

/** `08:05` of a minute; 1440 is `24:00`. */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

const NO_GAP = new Set(["not_required", "proven", "proven_at_seat", "exempt"]);

/** Whether minutes in this state had to have duty, and it is not proved. */
export const isGap = (state: string): boolean => !NO_GAP.has(state);

/** Required minutes that are not proved, longest first; runs that differ only in the claim are joined. */
export function gaps(runs: readonly LedgerRun[]): LedgerRun[] {
  const joined: LedgerRun[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && last.state === run.state && last.from + last.minutes === run.from) joined[joined.length - 1] = { ...last, minutes: last.minutes + run.minutes, claimed: last.claimed || run.claimed };
    else joined.push(run);
  }
  return joined.filter((run) => isGap(run.state)).sort((a, b) => b.minutes - a.minutes || a.from - b.from);
}

/** The Beijing day of a moment, YYYY-MM-DD, so many days later. */
export function dayOf(at_ms: number, later = 0): string {
  return new Date(at_ms + (8 + 24 * later) * 3_600_000).toISOString().slice(0, 10);
}
