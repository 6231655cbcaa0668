// Where a played recording stands and how fast it is shown: pure decisions, tested without a browser.
import { HURRY_RATE, KEEP_BEHIND_S, LAG_HURRY_S, TRIM_SLACK_S, type Range, type Step } from "./policy";

/** A place of the player's time line whose moment in the recording is known. */
export interface Anchor {
  at_ms: number;
  position_s: number;
}

const SECOND_MS = 1000;

/** The moment of the recording at a place of the time line. Devices stamp pictures by the recording, whatever speed they send at. */
export function placeOf(anchor: Anchor, position_s: number): number {
  return anchor.at_ms + Math.max(0, position_s - anchor.position_s) * SECOND_MS;
}

/** What to do with the play position: nothing of a recording is skipped, so it is hurried where it lags, and moved only out of a gap. */
export function stay(buffered: Range[], position_s: number, speed: number): Step {
  const first = buffered[0];
  const last = buffered.at(-1);
  if (!first || !last) return { seek_s: null, rate: speed, trim_before_s: null };
  const here = buffered.find((range) => position_s <= range.end_s) ?? last;
  const seek_s = position_s < here.start_s ? here.start_s : null;
  const lags = last.end_s - (seek_s ?? position_s) > LAG_HURRY_S * Math.max(1, speed);
  const keep_from_s = (seek_s ?? position_s) - KEEP_BEHIND_S;
  return { seek_s, rate: lags ? speed * HURRY_RATE : speed, trim_before_s: keep_from_s - first.start_s > TRIM_SLACK_S ? keep_from_s : null };
}
