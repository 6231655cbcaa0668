// A field of an annex as text: the server sends it typed ({kind, value}) or already as text. Pure.
import { percentText } from "@/ui/percent";
import { pointsText, signed } from "@/ui/points";

interface Typed {
  kind: string;
  value?: unknown;
}
const ABSENT = "—";
const NUMBERS: ReadonlySet<string> = new Set(["count", "change", "rate", "points"]);

function isTyped(field: unknown): field is Typed {
  return typeof field === "object" && field !== null && "kind" in field && typeof field.kind === "string";
}

function rateText(value: unknown): string {
  if (typeof value !== "object" || value === null || !("numerator" in value) || !("denominator" in value)) return ABSENT;
  const percent = percentText(Number(value.numerator), Number(value.denominator));
  return percent === null ? ABSENT : `${percent}%`;
}

export function isNumber(field: unknown): boolean {
  return typeof field === "number" || (isTyped(field) && NUMBERS.has(field.kind));
}

export function fieldText(field: unknown): string {
  if (field === null || field === undefined) return ABSENT;
  if (!isTyped(field)) return typeof field === "object" ? JSON.stringify(field) : String(field);
  if (field.kind === "absent" || field.value === undefined || field.value === null) return ABSENT;
  if (field.kind === "rate") return rateText(field.value);
  if (field.kind === "change") return signed(Number(field.value));
  if (field.kind === "points") return pointsText(Number(field.value));
  return String(field.value);
}
