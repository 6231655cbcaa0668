import { describe, expect, it } from "vitest";
import { troubleOf } from "@/voice/microphone";
import { Resampler } from "@/voice/resample";
import { bytesOf } from "@/voice/voiceCall";

const tone = (hz: number, rate_hz: number, seconds: number) => Float32Array.from({ length: rate_hz * seconds }, (_, at) => 0.5 * Math.sin((2 * Math.PI * hz * at) / rate_hz));

function resampled(samples: Float32Array, rate_hz: number, piece = 2048): number[] {
  const resampler = new Resampler(rate_hz);
  const out: number[] = [];
  for (let at = 0; at < samples.length; at += piece) out.push(...resampler.push(samples.subarray(at, at + piece)));
  return out;
}

/** The loudness in the middle, where no edge is heard. */
function loudness(samples: number[]): number {
  const middle = samples.slice(500, -500);
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length);
}

describe("a microphone's samples at 8 kHz", () => {
  it("are as many as time has passed, whatever the microphone's rate", () => {
    for (const rate_hz of [48_000, 44_100, 16_000, 8_000]) {
      expect(Math.abs(resampled(tone(400, rate_hz, 1), rate_hz).length - 8_000)).toBeLessThan(40);
    }
  });

  it("keep what a telephone carries and lose what would whistle", () => {
    const full = 0.5 * 32_767 * Math.SQRT1_2;
    for (const rate_hz of [48_000, 44_100]) {
      for (const hz of [300, 1_000, 3_000]) expect(loudness(resampled(tone(hz, rate_hz, 1), rate_hz)) / full).toBeCloseTo(1, 1);
      for (const hz of [5_000, 7_000, 12_000]) expect(loudness(resampled(tone(hz, rate_hz, 1), rate_hz)) / full).toBeLessThan(0.02);
    }
  });

  it("do not depend on how they came in pieces", () => {
    const samples = tone(700, 44_100, 1);
    const whole = resampled(samples, 44_100, samples.length);
    const pieces = resampled(samples, 44_100, 128);
    expect(pieces.length).toBe(whole.length);
    expect(pieces.every((sample, at) => Math.abs(sample - (whole[at] ?? 0)) <= 1)).toBe(true);
  });

  it("travel with the low byte first", () => {
    expect([...new Uint8Array(bytesOf(Int16Array.from([1, -2])))]).toEqual([1, 0, 254, 255]);
  });
});

describe("a microphone that cannot be had", () => {
  it("is denied, missing or busy", () => {
    const named = (name: string) => Object.assign(new Error("no"), { name });
    expect(["NotAllowedError", "NotFoundError", "NotReadableError"].map((name) => troubleOf(named(name)))).toEqual(["denied", "missing", "busy"]);
    expect(troubleOf("nonsense")).toBe("busy");
  });
});
