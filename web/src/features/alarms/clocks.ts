// Reading an alarm's four time limits: which one runs now, how long is left, how urgent it looks. Pure.
import type { Alarm, AlarmClock } from "@/api/types";
import { parseTime } from "@/ui/time";

export type ClockPhase = "waiting" | "running" | "late" | "met" | "missed";

export interface ClockView {
  phase: ClockPhase;
  /** Milliseconds to the due time; negative when past it. Null while not started. */
  left_ms: number | null;
  /** Part of the limit used, 0…1. */
  used: number;
}

const MS_PER_S = 1000;

export function clockView(clock: AlarmClock, now_ms: number): ClockView {
  const started_ms = parseTime(clock.started_at);
  // One that a planned silence keeps quiet begins when that is over.
  if (started_ms === null || (started_ms > now_ms && parseTime(clock.stopped_at) === null)) return { phase: "waiting", left_ms: null, used: 0 };
  const due_ms = parseTime(clock.due_at) ?? started_ms + clock.limit_s * MS_PER_S;
  const stopped_ms = parseTime(clock.stopped_at);
  const at_ms = stopped_ms ?? now_ms;
  const left_ms = due_ms - at_ms;
  const limit_ms = Math.max(1, due_ms - started_ms);
  const used = Math.min(1, Math.max(0, (at_ms - started_ms) / limit_ms));
  const late = left_ms < 0 || clock.overdue;
  if (stopped_ms !== null) return { phase: late ? "missed" : "met", left_ms, used };
  return { phase: late ? "late" : "running", left_ms, used };
}

/** The running clock that is due first: the one shown large. */
export function urgentClock(clocks: AlarmClock[], now_ms: number): { clock: AlarmClock; view: ClockView } | null {
  let first: { clock: AlarmClock; view: ClockView } | null = null;
  for (const clock of clocks) {
    const view = clockView(clock, now_ms);
    if (view.phase !== "running" && view.phase !== "late") continue;
    if (first === null || (view.left_ms ?? 0) < (first.view.left_ms ?? 0)) first = { clock, view };
  }
  return first;
}

/** Whether an alarm calls out: not while a planned silence keeps it quiet. */
export function rings(alarm: Pick<Alarm, "quiet_until">, now_ms: number): boolean {
  const until_ms = parseTime(alarm.quiet_until);
  return until_ms === null || until_ms <= now_ms;
}

const CLOSED: ReadonlySet<string> = new Set(["closed", "false_alarm", "test", "merged"]);

export function isOpen(state: string): boolean {
  return !CLOSED.has(state);
}

/** Desk order: untaken first within a level, highest level first, newest first. */
export function deskOrder(a: Alarm, b: Alarm): number {
  if (a.level !== b.level) return a.level - b.level;
  const waiting = Number(b.state === "waiting") - Number(a.state === "waiting");
  if (waiting !== 0) return waiting;
  return (parseTime(b.times.occurred_at) ?? 0) - (parseTime(a.times.occurred_at) ?? 0);
}

/** The list with one alarm put in, replaced or (when closed) taken out. Older versions never replace newer ones. */
export function withAlarm(list: Alarm[], alarm: Alarm): Alarm[] {
  const known = list.find((one) => one.id === alarm.id);
  if (known && known.version > alarm.version) return list;
  const others = list.filter((one) => one.id !== alarm.id);
  return (isOpen(alarm.state) ? [...others, alarm] : others).sort(deskOrder);
}
