import { describe, expect, it } from "vitest";
import { countdown, dateTime, duration, parseTime, preciseTime, shortTime } from "@/ui/time";

const EVENING = "2026-11-23T16:05:11.123456Z"; // 00:05:11 the next day in Beijing

describe("times for people", () => {
  it("are Beijing time, across midnight", () => {
    expect(dateTime(EVENING)).toBe("2026-11-24 00:05:11");
    expect(preciseTime(EVENING)).toBe("00:05:11.123");
  });
  it("drop the date on the same Beijing day only", () => {
    expect(shortTime(EVENING, Date.parse("2026-11-24T10:00:00Z"))).toBe("00:05:11");
    expect(shortTime(EVENING, Date.parse("2026-11-23T15:00:00Z"))).toBe("11-24 00:05");
  });
  it("show a dash for what is not there", () => {
    expect(dateTime(null)).toBe("–");
    expect(dateTime("not a time")).toBe("–");
    expect(parseTime(undefined)).toBeNull();
  });
});

describe("running counts", () => {
  it.each([
    [0, "0:00"],
    [42_900, "0:42"],
    [-61_000, "1:01"],
    [3_600_000, "1:00:00"],
    [2 * 86_400_000 + 4 * 3_600_000, "2d 04:00:00"],
  ])("%d ms reads %s", (ms, text) => expect(countdown(ms)).toBe(text));
});

describe("measured spans", () => {
  it.each([
    [410, { value: "410", unit: "ms" }],
    [9_040, { value: "9", unit: "s" }],
    [90_000, { value: "1.5", unit: "min" }],
    [7_200_000, { value: "2", unit: "h" }],
    [129_600_000, { value: "1.5", unit: "d" }],
  ])("%d ms", (ms, expected) => expect(duration(ms)).toEqual(expected));
});
