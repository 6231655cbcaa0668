// The eight moments of an alarm, T0…T7, and the spans between them that are judged. Pure.
import type { AlarmDetail } from "@/api/types";

type Times = AlarmDetail["times"];
type Derived = AlarmDetail["derived"];

export interface Moment {
  mark: string;
  /** Key of the moment's word in the locales. */
  name: keyof Times;
  at: string | null;
  /** The judged span that ends here, when there is one. */
  span: { name: keyof Derived; ms: number } | null;
}

const ORDER: readonly [keyof Times, keyof Derived | null][] = [
  ["occurred_at", null],
  ["pushed_at", "discovery_ms"],
  ["opened_at", null],
  ["taken_at", "take_ms"],
  ["verified_at", "verify_ms"],
  ["arrived_at", "arrive_ms"],
  ["handled_at", "handle_ms"],
  ["reviewed_at", "close_ms"],
];

export function moments(times: Times, derived: Derived): Moment[] {
  return ORDER.map(([name, span], index) => {
    const ms = span ? derived[span] : null;
    return { mark: `T${index}`, name, at: times[name] ?? null, span: span && typeof ms === "number" ? { name: span, ms } : null };
  });
}
