// Settings of a bulletin as fields of a form, whatever the server adds to them: the kind of control follows the value. Pure.

export type FieldValue = string | number | boolean;
export type Control = "switch" | "number" | "text" | "lines" | "json";

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

export function controlOf(value: unknown): Control {
  if (typeof value === "boolean") return "switch";
  if (typeof value === "number") return "number";
  if (typeof value === "string" || value === null || value === undefined) return "text";
  return isTextList(value) ? "lines" : "json";
}

export function toField(value: unknown): FieldValue {
  if (typeof value === "boolean" || typeof value === "number" || typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return isTextList(value) ? value.join("\n") : JSON.stringify(value, null, 1);
}

/** The value to send: of the kind it had before. Unreadable JSON goes as text, for the server to refuse in words. */
export function fromField(field: FieldValue, before: unknown): unknown {
  const control = controlOf(before);
  if (control === "lines") return String(field).split("\n").map((line) => line.trim()).filter((line) => line !== "");
  if (control === "json") {
    try {
      return JSON.parse(String(field)) as unknown;
    } catch {
      return field;
    }
  }
  if (control === "text" && (before === null || before === undefined)) return String(field).trim() === "" ? null : field;
  return field;
}

export const ADDITION_PLACES = ["lead", "connection", "duty", "progress", "duty_problems", "alarms"] as const;
export interface Addition {
  place: string;
  text: string;
}
export interface Threshold {
  measure: string;
  category: string;
  below_percent: number;
}
export interface Superlatives {
  connection: string[];
  duty: string[];
  highest: boolean;
}

/**
 * The setting a complaint is about, and what it says: `thresholds[0].below_percent` is about `thresholds`. Complaints about the settings
 * as a whole name theirs in the message (`decimals: 0 to 2`).
 */
export function complaintOf(problem: { field: string; message: string }): [setting: string, message: string] {
  const inside = problem.field === "settings" ? /^([a-z_]+)[^:]*: (.*)$/s.exec(problem.message) : null;
  if (inside) return [inside[1] ?? "", inside[2] ?? ""];
  return [problem.field.replace(/^settings\./, "").split(/[.[]/)[0] ?? problem.field, problem.message];
}
