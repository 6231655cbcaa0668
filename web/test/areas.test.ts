import { describe, expect, it } from "vitest";
import { areaBetween } from "@/features/recordings/areas";

describe("areas of a picture", () => {
  it("lie between two corners, whichever comes first", () => {
    const area = { left_permille: 250, top_permille: 100, width_permille: 500, height_permille: 300 };
    expect(areaBetween({ x: 0.25, y: 0.1 }, { x: 0.75, y: 0.4 })).toEqual(area);
    expect(areaBetween({ x: 0.75, y: 0.4 }, { x: 0.25, y: 0.1 })).toEqual(area);
  });
  it("are cut at the edge of the picture", () => {
    expect(areaBetween({ x: -1, y: 0.5 }, { x: 0.5, y: 9 })).toEqual({ left_permille: 0, top_permille: 500, width_permille: 500, height_permille: 500 });
  });
  it("are none where somebody only clicked", () => {
    expect(areaBetween({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 })).toBeNull();
  });
});
