import { describe, expect, it } from "vitest";
import { clockOf, dayOf, gaps, type LedgerRun } from "@/features/ledger/states";

const run = (from: number, minutes: number, state: string, claimed = false): LedgerRun => ({ from, minutes, state, claimed });

describe("the strip of a day", () => {
  it("names minutes by the clock and ends at 24:00", () => {
    expect([0, 65, 1439, 1440].map(clockOf)).toEqual(["00:00", "01:05", "23:59", "24:00"]);
  });

  it("lists gaps longest first, joined where only the claim differs", () => {
    const runs = [run(0, 10, "proven"), run(10, 3, "empty", true), run(13, 4, "empty"), run(17, 20, "too_few"), run(37, 5, "exempt"), run(42, 1, "empty"), run(43, 9, "proven_at_seat"), run(52, 8, "not_required")];
    expect(gaps(runs).map((one) => [one.from, one.minutes, one.state, one.claimed])).toEqual([
      [17, 20, "too_few", false],
      [10, 7, "empty", true],
      [42, 1, "empty", false],
    ]);
  });

  it("counts days in Beijing", () => {
    const late = Date.parse("2026-11-30T16:30:00Z");
    expect([dayOf(late), dayOf(late, -1), dayOf(late - 3_600_000)]).toEqual(["2026-12-01", "2026-11-30", "2026-11-30"]);
  });
});
