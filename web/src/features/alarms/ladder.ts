// The ladder of an alarm in a form to show: what stands on a rung, and what comes next. Pure.
import type { LadderRun, LadderStep } from "@/api/types";
import { parseTime } from "@/ui/time";

export type RungPhase = "told" | "acknowledged" | "vacant" | "next" | "later" | "spared";

export interface RungView {
  step: LadderStep;
  phase: RungPhase;
  /** Time until it is told next, where that is still to come; negative where the moment has just passed. */
  left_ms: number | null;
}

/** Rungs of one run at a moment. Once the run is over, rungs that were not reached were spared. */
export function rungViews(run: LadderRun, now_ms: number): RungView[] {
  const upcoming = run.rungs.map((step) => parseTime(step.next_at)).filter((at): at is number => at !== null);
  const soonest_ms = upcoming.length > 0 ? Math.min(...upcoming) : null;
  return run.rungs.map((step) => {
    const next_ms = parseTime(step.next_at);
    return { step, phase: phaseOf(run, step, next_ms !== null && next_ms === soonest_ms), left_ms: next_ms === null ? null : next_ms - now_ms };
  });
}

function phaseOf(run: LadderRun, step: LadderStep, is_next: boolean): RungPhase {
  if (step.is_vacant) return "vacant";
  if (step.receipt) return "acknowledged";
  if (step.told_at) return "told";
  if (!run.is_running) return "spared";
  return is_next ? "next" : "later";
}

/** Everybody told on a rung, once each, with the best that is known of each: how it was sent, and whether they looked. */
export function peopleOf(step: LadderStep): { name: string; channel: string; state: string; seen_at: string | null }[] {
  const people = new Map<string, { name: string; channel: string; state: string; seen_at: string | null }>();
  for (const line of step.notified) {
    const key = `${line.channel}\n${line.recipient}`;
    const seen_at = people.get(key)?.seen_at ?? line.seen_at ?? null;
    people.set(key, { name: line.recipient, channel: line.channel, state: line.state, seen_at });
  }
  return [...people.values()];
}
