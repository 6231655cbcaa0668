import { describe, expect, it } from "vitest";
import { timed } from "../src/features/orders/stopwatch";

const start = "2026-11-30T00:00:00Z";
const at = (s: number): number => Date.parse(start) + s * 1000;
const stop = (s: number): string => new Date(at(s)).toISOString();

describe("a stopwatch of a work order", () => {
  it("runs, is late, was kept or was missed", () => {
    expect(timed({ limit_s: 60, started_at: start, stopped_at: null }, at(30))).toEqual({ phase: "running", took_ms: 30_000 });
    expect(timed({ limit_s: 60, started_at: start, stopped_at: null }, at(61)).phase).toBe("late");
    expect(timed({ limit_s: 60, started_at: start, stopped_at: stop(45) }, at(999))).toEqual({ phase: "met", took_ms: 45_000 });
    expect(timed({ limit_s: 60, started_at: start, stopped_at: stop(61) }, at(999)).phase).toBe("missed");
  });
  it("without a limit is never late", () => {
    expect(timed({ limit_s: null, started_at: start, stopped_at: null }, at(9999)).phase).toBe("running");
    expect(timed({ limit_s: null, started_at: start, stopped_at: stop(9) }, at(9999)).phase).toBe("done");
  });
});
