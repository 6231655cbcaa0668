import { describe, expect, it } from "vitest";
import { barsOf, DAY_MS, dayOf, recordingAt, startOf } from "@/features/devices/day";
import { placeOf, stay } from "@/player/recordingPolicy";

const day = startOf("2026-11-23");
const recording = (from_h: number, to_h: number) => ({ from: new Date(day + from_h * 3_600_000).toISOString(), to: new Date(day + to_h * 3_600_000).toISOString() });

describe("a day of recordings", () => {
  it("is a day of Beijing", () => {
    expect(new Date(day).toISOString()).toBe("2026-11-22T16:00:00.000Z");
    expect(dayOf(day)).toBe("2026-11-23");
    expect(dayOf(day - 1)).toBe("2026-11-22");
    expect(dayOf(day + DAY_MS - 1)).toBe("2026-11-23");
  });

  it("cuts what reaches beyond it", () => {
    const bars = barsOf([recording(-2, 6), recording(12, 18), recording(23, 26), recording(30, 31)], day);
    expect(bars.map(({ left, width }) => [left, width])).toEqual([[0, 0.25], [0.5, 0.25], [23 / 24, 1 / 24]]);
  });

  it("finds the recording of a moment, or the next one", () => {
    const known = [recording(12, 13), recording(2, 3)];
    expect(recordingAt(known, day + 2.5 * 3_600_000)).toBe(known[1]);
    expect(recordingAt(known, day + 5 * 3_600_000)).toBe(known[0]);
    expect(recordingAt(known, day + 14 * 3_600_000)).toBeNull();
  });
});

describe("a played recording", () => {
  it("knows its moment from the last anchor", () => {
    expect(placeOf({ at_ms: 5_000, position_s: 10 }, 12.5)).toBe(7_500);
    expect(placeOf({ at_ms: 5_000, position_s: 10 }, 9)).toBe(5_000);
  });

  it("is hurried where it lags, and never skips", () => {
    expect(stay([{ start_s: 0, end_s: 20 }], 1, 1)).toEqual({ seek_s: null, rate: 1.15, trim_before_s: null });
    expect(stay([{ start_s: 0, end_s: 2 }], 1, 2)).toEqual({ seek_s: null, rate: 2, trim_before_s: null });
  });

  it("leaves a gap behind and forgets what was shown long ago", () => {
    expect(stay([{ start_s: 0, end_s: 2 }, { start_s: 4, end_s: 9 }], 2.5, 1).seek_s).toBe(4);
    expect(stay([{ start_s: 0, end_s: 40 }], 39, 1).trim_before_s).toBe(29);
  });
});
