// What the code card looks like: docs/reference/room-code.md. Pure.

export type Shape = readonly [x: number, y: number, width: number, height: number, fill: string];

type Rect = readonly [x: number, y: number, width: number, height: number];

const SEGMENTS: Readonly<Record<string, Rect>> = { a: [0, 0, 5, 1], b: [4, 0, 1, 3.5], c: [4, 2.5, 1, 3.5], d: [0, 5, 5, 1], e: [0, 2.5, 1, 3.5], f: [0, 0, 1, 3.5], g: [0, 2.5, 5, 1] };
const DIGITS = ["abcdef", "bc", "abdeg", "abcdg", "bcfg", "acdfg", "cdefg", "abc", "abcdefg", "abcfg"] as const;
const MARKS = [[1, 3], [2, 3], [0, 3], [1, 2], [1, 4], [3, 4], [0, 1], [0, 4], [2, 4], [0, 2]] as const;
const LIGHT: Readonly<Record<string, string>> = { white: "#c8c8c8", red: "#c80000", yellow: "#c8c800", green: "#00c800", cyan: "#00c8c8", blue: "#0000c8", magenta: "#c800c8" };
const BLACK = "#000000";
const WHITE = "#c8c8c8";
const COLUMN_FIRST = 2;
const COLUMN_STEP = 6;

/** The card's rectangles in strokes, to be drawn in this order. */
export function card(colours: readonly string[], digits: string): Shape[] {
  const shapes: Shape[] = [[-1, -1, 29, 18, BLACK], [0, 0, 27, 16, WHITE], [1, 1, 25, 14, BLACK]];
  colours.forEach((colour, n) => {
    const left = COLUMN_FIRST + COLUMN_STEP * n;
    const digit = Number(digits[n]);
    shapes.push([left, 2, 5, 3, LIGHT[colour] ?? BLACK]);
    for (const name of DIGITS[digit] ?? "") {
      const [x, y, width, height] = SEGMENTS[name] ?? [0, 0, 0, 0];
      shapes.push([left + x, 6 + y, width, height, WHITE]);
    }
    for (const mark of MARKS[digit] ?? []) shapes.push([left + mark, 13, 1, 1, WHITE]);
  });
  return shapes;
}
