// A day of Beijing time and the recordings in it, as shares of its width.
import type { Recording } from "@/api/devices";

export const DAY_MS = 86_400_000;
const BEIJING = "+08:00";

/** The first moment of a day given as `2026-11-23`. */
export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00${BEIJING}`);
}

/** The day of a moment, by Beijing time. */
export function dayOf(at_ms: number): string {
  return new Date(at_ms + DAY_MS / 3).toISOString().slice(0, 10);
}

export interface Bar {
  recording: Recording;
  left: number;
  width: number;
}

/** Where each recording lies in a day; what reaches beyond the day is cut at its edges. */
export function barsOf(recordings: readonly Recording[], day_ms: number): Bar[] {
  return recordings.flatMap((recording) => {
    const from = Math.max(Date.parse(recording.from), day_ms) - day_ms;
    const to = Math.min(Date.parse(recording.to), day_ms + DAY_MS) - day_ms;
    return to > from ? [{ recording, left: from / DAY_MS, width: (to - from) / DAY_MS }] : [];
  });
}

/** The recording that holds a moment, or the next one after it. */
export function recordingAt(recordings: readonly Recording[], at_ms: number): Recording | null {
  const begin = (one: Recording): number => Date.parse(one.from);
  return recordings.filter((one) => Date.parse(one.to) > at_ms).reduce<Recording | null>((first, one) => (first && begin(first) <= begin(one) ? first : one), null);
}
