import { describe, expect, it } from "vitest";
import type { AlarmClock } from "@/api/types";
import { clockView, deskOrder, isOpen, rings, urgentClock, withAlarm } from "@/features/alarms/clocks";
import { alarmOf } from "./alarm";

const START = Date.parse("2026-11-23T13:00:00Z");
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();
const clock = (change: Partial<AlarmClock>): AlarmClock => ({ clock: "take", limit_s: 60, started_at: at(0), due_at: at(60), stopped_at: null, overdue: false, ...change });

describe("a time limit", () => {
  it("waits until it is started", () => {
    expect(clockView(clock({ started_at: null, due_at: null }), START)).toEqual({ phase: "waiting", left_ms: null, used: 0 });
  });
  it("runs, then is late", () => {
    expect(clockView(clock({}), START + 15_000)).toEqual({ phase: "running", left_ms: 45_000, used: 0.25 });
    expect(clockView(clock({}), START + 75_000)).toEqual({ phase: "late", left_ms: -15_000, used: 1 });
  });
  it("stops for good", () => {
    expect(clockView(clock({ stopped_at: at(30) }), START + 999_000).phase).toBe("met");
    expect(clockView(clock({ stopped_at: at(90) }), START + 999_000)).toEqual({ phase: "missed", left_ms: -30_000, used: 1 });
  });
  it("of an alarm in a planned silence waits for its end, and nothing calls out before", () => {
    const quiet = clock({ started_at: at(600), due_at: at(660) });
    expect(clockView(quiet, START + 599_000).phase).toBe("waiting");
    expect(clockView(quiet, START + 601_000).phase).toBe("running");
    const alarm = { quiet_until: at(600) };
    expect([rings(alarm, START + 599_999), rings(alarm, START + 600_000), rings({ quiet_until: null }, START), rings({}, START)]).toEqual([false, true, true, true]);
  });
  it("is worked out from the limit when the server names no due time", () => {
    expect(clockView(clock({ due_at: null }), START + 50_000).left_ms).toBe(10_000);
  });
});

describe("the limit shown large", () => {
  it("is the running one due first", () => {
    const clocks = [clock({ stopped_at: at(5) }), clock({ clock: "arrive", due_at: at(180) }), clock({ clock: "verify", due_at: at(100) })];
    expect(urgentClock(clocks, START + 10_000)?.clock.clock).toBe("verify");
  });
  it("is none when all are stopped", () => expect(urgentClock([clock({ stopped_at: at(5) })], START)).toBeNull());
});

describe("the desk's list", () => {
  const fire = alarmOf({ id: "fire", level: 1 });
  const taken = alarmOf({ id: "taken", level: 1, state: "taken" });
  const exit = alarmOf({ id: "exit", level: 2 });

  it("puts the highest level first, untaken before taken", () => {
    expect([exit, taken, fire].sort(deskOrder).map((one) => one.id)).toEqual(["fire", "taken", "exit"]);
  });
  it("takes news in, replaces, and lets closed ones go", () => {
    expect(withAlarm([exit], fire).map((one) => one.id)).toEqual(["fire", "exit"]);
    expect(withAlarm([fire], alarmOf({ id: "fire", state: "closed", version: 9 }))).toEqual([]);
  });
  it("never goes back to an older version", () => {
    const newer = alarmOf({ id: "fire", state: "taken", version: 5 });
    expect(withAlarm([newer], alarmOf({ id: "fire", version: 4 }))).toEqual([newer]);
  });
  it("knows which states are over", () => {
    expect(["waiting", "in_review"].map(isOpen)).toEqual([true, true]);
    expect(["closed", "false_alarm", "test", "merged"].map(isOpen)).toEqual([false, false, false, false]);
  });
});
