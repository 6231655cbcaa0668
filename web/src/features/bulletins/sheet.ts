// A bulletin's text cut into paragraphs and pieces, so that every printed figure can be clicked. Pure.
import type { BulletinFigure, BulletinView, Finding } from "@/api/contract";

export interface Piece {
  text: string;
  figure: BulletinFigure | null;
}
export interface Block {
  /** Its place among the paragraphs, from 0 as objections name it. */
  index: number;
  kind: string;
  /** First and last line of the text it covers, counted from 1 as findings count them. */
  first_line: number;
  last_line: number;
  pieces: Piece[];
}

function lineBreaks(text: string): number {
  return text.split("\n").length - 1;
}

function cut(text: string, offset: number, figures: BulletinFigure[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const figure of figures) {
    const start = figure.span.offset - offset;
    const end = start + figure.span.len;
    // A span that does not show its own text would put the link on the wrong words: better none.
    if (start < at || end > text.length || text.slice(start, end) !== figure.text) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), figure: null });
    pieces.push({ text: figure.text, figure });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), figure: null });
  return pieces;
}

/** The paragraphs in order; figures by their place in the whole text, in UTF-16 units as browsers count. */
export function blocks(bulletin: Pick<BulletinView, "text" | "paragraphs" | "figures">): Block[] {
  const ordered = [...bulletin.figures].sort((a, b) => a.span.offset - b.span.offset);
  let from = 0;
  let line = 1;
  return bulletin.paragraphs.map((paragraph, index) => {
    const found = bulletin.text.indexOf(paragraph.text, from);
    const offset = found < 0 ? from : found;
    line += lineBreaks(bulletin.text.slice(from, offset));
    const end = offset + paragraph.text.length;
    const inside = ordered.filter((figure) => figure.span.offset >= offset && figure.span.offset + figure.span.len <= end);
    const last_line = line + lineBreaks(paragraph.text);
    const block = { index, kind: paragraph.kind, first_line: line, last_line, pieces: cut(paragraph.text, offset, inside) };
    from = end;
    line = last_line;
    return block;
  });
}

export function findingsOf(block: Block, findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.line >= block.first_line && finding.line <= block.last_line);
}

/** The worst severity among findings, for the mark beside a paragraph. */
export function worst(findings: Finding[]): string | null {
  return ["error", "warning", "style"].find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
}
