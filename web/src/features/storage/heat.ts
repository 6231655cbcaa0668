// Days of one camera as cells of a strip: how much of what should be there is there. Pure.
import type { RecordingDay } from "@/api/recordings";
import { dayOf, DAY_MS, startOf } from "@/features/devices/day";

/** `whole` to the minute; `present` as the law's proof counts it (95 %); `gone` was recorded and deleted; `none` was not asked for. */
export type Warmth = "whole" | "present" | "part" | "little" | "missing" | "gone" | "none";

const LITTLE_SHARE = 0.5;

export interface HeatCell {
  day: string;
  warmth: Warmth;
  measured: RecordingDay | null;
}

export function warmthOf(day: RecordingDay | undefined): Warmth {
  if (!day || day.expected_minutes === 0) return "none";
  if (day.kept_minutes === 0) return day.recorded_minutes > 0 ? "gone" : "missing";
  if (day.kept_minutes >= day.expected_minutes) return "whole";
  if (day.is_present) return "present";
  return day.kept_minutes / day.expected_minutes >= LITTLE_SHARE ? "part" : "little";
}

/** The last `count` days before today, oldest first; today is still being recorded. */
export function heatCells(days: readonly RecordingDay[], now_ms: number, count: number): HeatCell[] {
  const today_ms = startOf(dayOf(now_ms));
  const known = new Map(days.map((one) => [one.day, one]));
  return Array.from({ length: count }, (_, index) => {
    const day = dayOf(today_ms - (count - index) * DAY_MS);
    const measured = known.get(day);
    return { day, warmth: warmthOf(measured), measured: measured ?? null };
  });
}
