// A stopwatch or clock in a form to show. Pure.
import { parseTime } from "@/ui/time";

export interface Timed {
  limit_s?: number | null;
  started_at: string;
  stopped_at?: string | null;
}

export type TimedPhase = "running" | "late" | "met" | "missed" | "done";

/** How long it took or has taken, and how that is against its limit; without one it is done or runs. */
export function timed(watch: Timed, now_ms: number): { phase: TimedPhase; took_ms: number } {
  const started_ms = parseTime(watch.started_at) ?? now_ms;
  const stopped_ms = parseTime(watch.stopped_at);
  const took_ms = Math.max(0, (stopped_ms ?? now_ms) - started_ms);
  if (watch.limit_s === null || watch.limit_s === undefined) return { phase: stopped_ms === null ? "running" : "done", took_ms };
  const is_over = took_ms > watch.limit_s * 1000;
  if (stopped_ms === null) return { phase: is_over ? "late" : "running", took_ms };
  return { phase: is_over ? "missed" : "met", took_ms };
}
