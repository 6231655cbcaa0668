import { expect, test } from "vitest";
import type { RuleFigures } from "@/api/types";
import { falseADay, keyOf, precisionOf, precisionText } from "@/features/quality/figures";

const rule = (real: number, rejected: number, days = 10): RuleFigures => ({
  code: "F01", model: null, camera_id: null, camera_name: null, unit_id: null, unit_name: null, answered: real + rejected, real, rejected, reasons: [],
  precision: real + rejected > 0 ? { low: 0.0912, high: 0.534 } : null, days, worst_day: 3, noisy: null, suggestion: null, simulated: 0,
});

test("a share is shown with how far it may lie from the true one", () => {
  expect(precisionText(rule(3, 9))).toBe("25% (9–53%)");
  expect(precisionText(rule(0, 0))).toBe("–");
});

test("rules without answers come last, and days are never none", () => {
  expect([rule(0, 0), rule(9, 1), rule(1, 9)].sort((a, b) => precisionOf(a) - precisionOf(b)).map((one) => one.real)).toEqual([1, 9, 0]);
  expect(falseADay(rule(0, 20))).toBe(2);
  expect(falseADay(rule(0, 2, 0))).toBe(2);
  expect(keyOf(rule(1, 1))).toBe("F01  ");
});
