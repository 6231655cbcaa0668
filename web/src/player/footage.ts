// Footage of a camera as films of ten minutes: which film holds a moment, and which moment is on screen. Pure, tested without a browser.

export interface Stretch {
  from_ms: number;
  to_ms: number;
}

/** A place of a film whose moment is known; time goes on from here until the next mark. */
export interface FilmMark {
  position_s: number;
  at_ms: number;
}

/** Length of a film: long enough to seek in, short enough that its index is there at once. */
export const FILM_MS = 600_000;
/** What is missing for less than this is no gap to speak of: the picture before simply stands. */
export const GAP_TOLD_MS = 2_000;
const SECOND_MS = 1000;

/** The film that holds a moment: ten minutes of the clock, so never beyond the day that was granted, cut where the footage ends. `from_ms` goes on where another film ended. */
export function filmOf(at_ms: number, known_to_ms: number, from_ms?: number): Stretch {
  const begin_ms = Math.floor(at_ms / FILM_MS) * FILM_MS;
  return { from_ms: Math.max(begin_ms, from_ms ?? begin_ms), to_ms: Math.min(begin_ms + FILM_MS, Math.max(at_ms + SECOND_MS, known_to_ms)) };
}

/** The moment itself where something was recorded then, or the first one after it. */
export function recordedFrom(recorded: readonly Stretch[], at_ms: number): number | null {
  const next = recorded.find((one) => one.to_ms > at_ms);
  return next ? Math.max(at_ms, next.from_ms) : null;
}

/** The moment on screen at a place of a film. */
export function momentAt(marks: readonly FilmMark[], position_s: number): number | null {
  let mark = marks[0];
  for (const one of marks) {
    if (one.position_s > position_s + 1e-4) break;
    mark = one;
  }
  return mark ? Math.round(mark.at_ms + Math.max(0, position_s - mark.position_s) * SECOND_MS) : null;
}

/** The place of a moment in a film; of a moment in a hole, the place where it goes on. */
export function positionAt(marks: readonly FilmMark[], at_ms: number): number {
  let position_s = 0;
  marks.forEach((mark, index) => {
    if (mark.at_ms > at_ms && index > 0) return;
    const until_s = marks[index + 1]?.position_s ?? Number.POSITIVE_INFINITY;
    position_s = Math.min(until_s, mark.position_s + Math.max(0, at_ms - mark.at_ms) / SECOND_MS);
  });
  return position_s;
}

/** What was skipped between two pictures shown one after the other, if it is worth a word. */
export function skipped(before_ms: number, now_ms: number, played_ms: number): Stretch | null {
  return now_ms - before_ms - played_ms > GAP_TOLD_MS ? { from_ms: before_ms + played_ms, to_ms: now_ms } : null;
}

/** Stretches out of what the server says, in order. */
export function stretches(spans: readonly { from: string; to: string }[]): Stretch[] {
  return spans.map((one) => ({ from_ms: Date.parse(one.from), to_ms: Date.parse(one.to) }));
}

/** As what a film is fetched: Apple's players are at home with playlists, and fetch a long file piece by piece only by them. */
export function filmName(vendor: string): "recording.m3u8" | "recording.mp4" {
  return vendor.startsWith("Apple") ? "recording.m3u8" : "recording.mp4";
}
