import { describe, expect, it } from "vitest";
import { points } from "@/features/organisations/points";

describe("hundredths of a point", () => {
  it("are shown with both digits, also where they are noughts", () => {
    expect([0, 5, 80, 2000, 9592, 10_000].map(points)).toEqual(["0.00", "0.05", "0.80", "20.00", "95.92", "100.00"]);
  });
});
