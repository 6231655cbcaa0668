import { describe, expect, it } from "vitest";
import { beijingMoment, wallClockOf } from "@/ui/wallClock";

describe("the fields of a planned silence", () => {
  it("hold Beijing time whatever the machine's zone, and read back", () => {
    const at_ms = Date.parse("2026-11-30T16:05:59Z");
    expect(wallClockOf(at_ms)).toBe("2026-12-01T00:05");
    expect(Date.parse(beijingMoment(wallClockOf(at_ms)) ?? "")).toBe(Date.parse("2026-11-30T16:05:00Z"));
  });
});
