import { codecName, delaySeconds, mayReceive, rungWords } from "@/player/rung";
import { describe, expect, it } from "vitest";
import { backoffMs, follow, HURRY_RATE, JUMP_MARGIN_S, lagSeconds } from "@/player/policy";

describe("keeping live video live", () => {
  it("plays on when close behind", () => {
    expect(follow([{ start_s: 0, end_s: 10 }], 9, 1)).toEqual({ seek_s: null, rate: 1, trim_before_s: null });
  });
  it("hurries a little when falling behind, until caught up", () => {
    expect(follow([{ start_s: 0, end_s: 10 }], 8, 1).rate).toBe(HURRY_RATE);
    expect(follow([{ start_s: 0, end_s: 10 }], 9, HURRY_RATE).rate).toBe(HURRY_RATE);
    expect(follow([{ start_s: 0, end_s: 10 }], 9.5, HURRY_RATE).rate).toBe(1);
  });
  it("jumps when more than three seconds behind", () => {
    expect(follow([{ start_s: 0, end_s: 10 }], 6, 1)).toMatchObject({ seek_s: 10 - JUMP_MARGIN_S, rate: 1 });
  });
  it("jumps into the newest range from outside it", () => {
    const ranges = [{ start_s: 0, end_s: 5 }, { start_s: 100, end_s: 100.2 }];
    expect(follow(ranges, 5, 1).seek_s).toBe(100);
    expect(follow([{ start_s: 50, end_s: 51 }], 0, 1).seek_s).toBe(51 - JUMP_MARGIN_S);
  });
  it("forgets old pictures, but only when it is worth it", () => {
    expect(follow([{ start_s: 0, end_s: 20 }], 19, 1).trim_before_s).toBeNull();
    expect(follow([{ start_s: 0, end_s: 60 }], 59, 1).trim_before_s).toBe(49);
  });
  it("does nothing without pictures", () => {
    expect(follow([], 0, 1)).toEqual({ seek_s: null, rate: 1, trim_before_s: null });
    expect(lagSeconds([], 3)).toBe(0);
  });
});

describe("waiting before connecting again", () => {
  it("doubles up to a limit", () => {
    expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, 0.5))).toEqual([500, 1000, 2000, 4000]);
    expect(backoffMs(50, 0.5)).toBe(15_000);
  });
  it("is spread so that a crowd does not come at once", () => {
    expect(backoffMs(0, 0)).toBe(350);
    expect(backoffMs(0, 1)).toBe(650);
  });
});

describe("which way live pictures come", () => {
  it("calls a coding by its name, wherever it is said", () => {
    expect(["video/mp4; codecs=\"avc1.640028\"", "video/H264", "hvc1.1.6.L93.B0", "video/H265", "video/VP8"].map(codecName)).toEqual(["H.264", "H.264", "H.265", "H.265", null]);
  });
  it("is tried by WebRTC only where the browser knows a coding that cameras send", () => {
    expect(mayReceive(["video/VP8", "video/AV1"])).toBe(false);
    expect(mayReceive(["video/VP8", "video/H264"])).toBe(true);
  });
  it("is said in small letters, without what is not known yet", () => {
    expect(rungWords({ transport: "WebRTC", codec: "H.264", size: "1920×1080", stream: "main" })).toBe("WebRTC · H.264 · 1920×1080");
    expect(rungWords({ transport: "MSE", codec: null, size: null, stream: "sub" })).toBe("MSE");
  });
  it("has a delay of half the way and the wait in the browser", () => {
    const before = { frames: 10, waited_s: 1, waited: 10, round_trip_s: 0.02 };
    expect(delaySeconds(before, { frames: 20, waited_s: 1.5, waited: 20, round_trip_s: 0.02 })).toBeCloseTo(0.06);
    expect(delaySeconds(before, before)).toBeCloseTo(0.01);
  });
});
