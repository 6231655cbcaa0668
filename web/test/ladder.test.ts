import { describe, expect, it } from "vitest";
import type { LadderRun, LadderStep } from "@/api/types";
import { peopleOf, rungViews } from "@/features/alarms/ladder";

const at = (s: number): string => new Date(s * 1000).toISOString();
const step = (rung: string, extra: Partial<LadderStep> = {}): LadderStep => ({ rung, applies: "always", rounds: 0, is_vacant: false, owes_receipt: false, notified: [], ...extra });
const run = (rungs: LadderStep[], is_running = true): LadderRun => ({ clock: "take", since: at(0), is_running, rungs });

describe("the ladder of an alarm", () => {
  it("says who was told, who is next and who comes later", () => {
    const rungs = [
      step("duty_guard", { told_at: at(0), rounds: 1, next_at: at(160) }),
      step("unit", { next_at: at(120) }),
      step("county", { next_at: at(300) }),
    ];
    const views = rungViews(run(rungs), 100_000);
    expect(views.map((one) => one.phase)).toEqual(["told", "next", "later"]);
    expect(views.map((one) => one.left_ms)).toEqual([60_000, 20_000, 200_000]);
  });

  it("shows an empty rung and an acknowledged one, and spares those above once it is over", () => {
    const rungs = [
      step("duty_guard", { told_at: at(0), rounds: 1, is_vacant: true }),
      step("unit", { told_at: at(0), rounds: 1, receipt: { at: at(9), by: "n" } }),
      step("county"),
    ];
    expect(rungViews(run(rungs, false), 0).map((one) => one.phase)).toEqual(["vacant", "acknowledged", "spared"]);
  });

  it("names a person once, however often told, and keeps that they looked", () => {
    const line = (round: number, recipient: string, extra = {}) => ({ round, channel: "in_app", recipient, state: "sent", tries: 1, ...extra });
    const people = peopleOf(step("unit", { notified: [line(1, "a", { seen_at: at(5) }), line(1, "b"), line(2, "a"), line(2, "b")] }));
    expect(people.map((one) => [one.name, one.seen_at])).toEqual([["a", at(5)], ["b", null]]);
  });
});
