// How live video stays live: pure decisions from the element's buffer, so they can be tested without a browser.
// Not here: sockets and MediaSource (see liveStream.ts).

/** Behind the newest picture by more than this: jump. The desk promises at most 3 s. */
export const LAG_JUMP_S = 3;
/** Behind by more than this: play a little faster until caught up. */
export const LAG_HURRY_S = 1.5;
/** Where a jump lands before the newest picture: enough for one late fragment. */
export const JUMP_MARGIN_S = 0.4;
export const HURRY_RATE = 1.15;
/** Pictures kept behind the play position, for the "use this picture" button and the browser's own slack. */
export const KEEP_BEHIND_S = 10;
/** Trim only when there is this much more than needed; trimming is not free. */
export const TRIM_SLACK_S = 10;
/** Bytes waiting for the source buffer before the stream is started afresh: about 16 s at 4 Mbit/s. */
export const QUEUE_BYTES_MAX = 8 * 1024 * 1024;
/** No data for this long means the stream is silent. */
export const SILENT_AFTER_MS = 10_000;

const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 15_000;
const JITTER = 0.3;

export interface Range {
  start_s: number;
  end_s: number;
}

export interface Step {
  /** Jump to this time, when set. */
  seek_s: number | null;
  rate: number;
  /** Remove everything before this time, when set. */
  trim_before_s: number | null;
}

/** What to do now with the play position, given everything buffered (in order). */
export function follow(buffered: Range[], position_s: number, rate_now: number): Step {
  const first = buffered[0];
  const last = buffered.at(-1);
  if (!first || !last) return { seek_s: null, rate: 1, trim_before_s: null };
  const lag_s = last.end_s - position_s;
  const outside = position_s < last.start_s || position_s > last.end_s;
  const seek_s = outside || lag_s > LAG_JUMP_S ? Math.max(last.start_s, last.end_s - JUMP_MARGIN_S) : null;
  const hurry = seek_s === null && (lag_s > LAG_HURRY_S || (rate_now > 1 && lag_s > LAG_HURRY_S / 2));
  const here_s = seek_s ?? position_s;
  const keep_from_s = here_s - KEEP_BEHIND_S;
  const trim = keep_from_s - first.start_s > TRIM_SLACK_S;
  return { seek_s, rate: hurry ? HURRY_RATE : 1, trim_before_s: trim ? keep_from_s : null };
}

/** Seconds behind the newest picture, never negative. */
export function lagSeconds(buffered: Range[], position_s: number): number {
  const last = buffered.at(-1);
  return last ? Math.max(0, last.end_s - position_s) : 0;
}

/** Wait before connection attempt number `attempt` (0 = first retry); `chance` in 0…1 spreads a crowd of clients. */
export function backoffMs(attempt: number, chance: number): number {
  const base = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(base * (1 - JITTER + 2 * JITTER * chance));
}
