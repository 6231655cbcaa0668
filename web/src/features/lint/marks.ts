// Where the printed figures of findings stand in a line. Pure.

export interface Mark {
  text: string;
  marked: boolean;
}

/** The line cut at every occurrence of one of the figures; the longest figure wins where two begin together. */
export function marks(line: string, figures: readonly string[]): Mark[] {
  const wanted = [...new Set(figures)].filter((one) => one !== "").sort((a, b) => b.length - a.length);
  const pieces: Mark[] = [];
  let plain = "";
  let at = 0;
  while (at < line.length) {
    const figure = wanted.find((one) => line.startsWith(one, at) && standsAlone(line, at, one));
    if (figure) {
      if (plain) pieces.push({ text: plain, marked: false });
      pieces.push({ text: figure, marked: true });
      plain = "";
      at += figure.length;
    } else {
      plain += line[at] ?? "";
      at += 1;
    }
  }
  if (plain) pieces.push({ text: plain, marked: false });
  return pieces;
}

const DIGIT = /[0-9.]/;

/** `65` is not a figure inside `1650` or `65.4`. */
function standsAlone(line: string, at: number, figure: string): boolean {
  const before = line[at - 1] ?? "";
  const after = line[at + figure.length] ?? "";
  const starts = DIGIT.test(figure[0] ?? "");
  const ends = DIGIT.test(figure.at(-1) ?? "");
  return !(starts && DIGIT.test(before)) && !(ends && /[0-9]/.test(after)) && !(ends && after === "." && /[0-9]/.test(line[at + figure.length + 1] ?? ""));
}
