import { describe, expect, it } from "vitest";
import { percentText, share } from "@/ui/percent";

describe("percent text", () => {
  it.each([
    [52, 110, "47.3"],
    [82, 164, "50"],
    [8, 8, "100"],
    [0, 19, "0"],
    [1, 3, "33.3"],
    [2, 3, "66.7"],
    [1, 2000, "0.1"], // 0.05 % goes up, as in the bulletin
    [11_907, 18_847, "63.2"],
  ])("%d of %d is %s", (numerator, denominator, text) => expect(percentText(numerator, denominator)).toBe(text));

  it("of nothing is nothing", () => expect(percentText(0, 0)).toBeNull());
});

describe("share", () => {
  it("stays between 0 and 1", () => {
    expect(share(5, 0)).toBe(0);
    expect(share(7, 5)).toBe(1);
    expect(share(1, 4)).toBe(0.25);
  });
});
