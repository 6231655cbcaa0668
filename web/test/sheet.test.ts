import { describe, expect, it } from "vitest";
import type { BulletinFigure, Finding } from "@/api/contract";
import { blocks, findingsOf, worst } from "@/features/bulletins/sheet";
import { complaintOf, controlOf, fromField, toField } from "@/features/bulletins/settings";

function figure(id: string, text: string, offset: number): BulletinFigure {
  return { id, label: id, text, kind: "count", numerator: 1, side: "in", categories: [], outside_cities: false, kind_unknown: false, span: { offset, len: text.length } };
}
const finding = (line: number, severity: string): Finding => ({ rule: "L1", line, paragraph: line, severity, figures: [], arithmetic: "", message: "", message_en: "", suggestion: "", related_lines: [] });

const paragraphs = [{ kind: "title", text: "Title" }, { kind: "body", text: "There are 52 of 110 😀 and 7." }];
const text = "Title\nThere are 52 of 110 😀 and 7.\n";

describe("a bulletin as pieces", () => {
  it("makes every figure a piece of its own, at its place in UTF-16 units", () => {
    const figures = [figure("F3", "7", text.indexOf("7.")), figure("F1", "52", text.indexOf("52")), figure("F2", "110", text.indexOf("110"))];
    const [, body] = blocks({ text, paragraphs, figures });
    expect(body?.pieces.filter((piece) => piece.figure).map((piece) => piece.figure?.id)).toEqual(["F1", "F2", "F3"]);
    expect(body?.pieces.map((piece) => piece.text).join("")).toBe(paragraphs[1]?.text);
  });
  it("shows no link where the span does not fit the text", () => {
    const [, body] = blocks({ text, paragraphs, figures: [figure("F1", "52", 3), figure("F2", "110", 900)] });
    expect(body?.pieces).toEqual([{ text: paragraphs[1]?.text, figure: null }]);
  });
  it("counts lines as findings do, also through a paragraph of two lines", () => {
    const made = blocks({ text: "a\nb\nc\n", paragraphs: [{ kind: "body", text: "a\nb" }, { kind: "body", text: "c" }], figures: [] });
    expect(made.map((block) => [block.first_line, block.last_line])).toEqual([[1, 2], [3, 3]]);
    expect(findingsOf(made[0] ?? { index: 0, kind: "", first_line: 0, last_line: 0, pieces: [] }, [finding(2, "style"), finding(3, "error")])).toHaveLength(1);
  });
  it("marks a paragraph by its worst finding", () => {
    expect(worst([finding(1, "style"), finding(1, "error")])).toBe("error");
    expect(worst([])).toBeNull();
  });
});

describe("settings as fields", () => {
  it("keep their kind on the way through the form", () => {
    for (const value of ["a", 3, true, ["x", "y"], { limit: 20 }]) expect(fromField(toField(value), value)).toEqual(value);
    expect(fromField("", null)).toBeNull();
    expect(controlOf([1])).toBe("json");
  });
  it("are told apart in complaints", () => {
    expect(complaintOf({ field: "settings", message: "decimals: 0 to 2" })).toEqual(["decimals", "0 to 2"]);
    expect(complaintOf({ field: "settings.thresholds[0].below_percent", message: "1 to 100" })).toEqual(["thresholds", "1 to 100"]);
    expect(complaintOf({ field: "settings", message: "thresholds[1].category: not by city" })).toEqual(["thresholds", "not by city"]);
  });
  it("drop empty lines of a list, and leave broken JSON to the server", () => {
    expect(fromField("a\n\n b ", ["a"])).toEqual(["a", "b"]);
    expect(fromField("{", { a: 1 })).toBe("{");
  });
});
