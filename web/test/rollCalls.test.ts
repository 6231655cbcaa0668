import { describe, expect, it } from "vitest";
import { afterText } from "@/features/rollcalls/after";
import { card } from "@/features/rollcalls/card";

describe("the code card", () => {
  it("has its frame, four blocks of the right colours, and segments and marks of each digit", () => {
    const shapes = card(["red", "cyan", "blue", "green"], "0471");
    expect(shapes.slice(0, 3)).toEqual([[-1, -1, 29, 18, "#000000"], [0, 0, 27, 16, "#c8c8c8"], [1, 1, 25, 14, "#000000"]]);
    const blocks = shapes.filter(([, y, width, height]) => y === 2 && width === 5 && height === 3);
    expect(blocks.map(([x, , , , fill]) => [x, fill])).toEqual([[2, "#c80000"], [8, "#00c8c8"], [14, "#0000c8"], [20, "#00c800"]]);
    const marks = shapes.filter(([, y]) => y === 13).map(([x]) => x);
    expect(marks).toEqual([2 + 1, 2 + 3, 8 + 1, 8 + 4, 14 + 0, 14 + 4, 20 + 2, 20 + 3]);
    // 0 has six segments, 4 four, 7 three, 1 two.
    const segments = shapes.filter(([, y, , height]) => y >= 6 && y < 13 && height !== 14);
    expect(segments).toHaveLength(6 + 4 + 3 + 2);
  });

  it("stays within itself whatever it is asked to show", () => {
    for (const [x, y, width, height] of card(["red", "none", "", "magenta"], "9x")) {
      expect(x >= -1 && y >= -1 && x + width <= 28 && y + height <= 17).toBe(true);
    }
  });
});

describe("how long after the question an answer came", () => {
  it("is told to a tenth in the first minute, and in minutes later", () => {
    expect([afterText(null), afterText(12_340), afterText(59_949), afterText(187_000)]).toEqual(["–", "12.3 s", "59.9 s", "3:07"]);
  });
});
