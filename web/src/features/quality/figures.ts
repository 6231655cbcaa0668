// Numbers of the tables in words, and what they are sorted by.
import type { RuleFigures } from "@/api/types";
import { percentText } from "@/ui/percent";

/** `25% (9–53%)`; a dash without answers. */
export function precisionText(rule: RuleFigures): string {
  const share = percentText(rule.real, rule.answered);
  if (share === null || !rule.precision) return "–";
  const end = (value: number): string => String(Math.round(value * 100));
  return `${share}% (${end(rule.precision.low)}–${end(rule.precision.high)}%)`;
}

export const falseADay = (rule: RuleFigures): number => rule.rejected / Math.max(1, rule.days);

/** Share of real ones for sorting; rules without answers last. */
export const precisionOf = (rule: RuleFigures): number => (rule.answered > 0 ? rule.real / rule.answered : 2);

export const suggestionOf = (rule: RuleFigures): number => rule.suggestion?.dropped ?? -1;

/** Rows of a table have no id of their own. */
export const keyOf = (rule: RuleFigures): string => [rule.code, rule.model ?? "", rule.camera_id ?? ""].join(" ");
