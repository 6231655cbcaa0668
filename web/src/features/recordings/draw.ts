// Draws the time line onto a canvas: what is there, what is missing and why, what happened, what is pinned, what is selected.
import type { Stretch } from "@/player/footage";
import { ticks } from "./window";

/** Colours of the causes of gaps, told apart also by those who see no red and green; the legend names each. */
export const CAUSE_COLOURS: Readonly<Record<string, string>> = {
  offline: "#c0392b", silent: "#e08e0b", disk: "#7d3c98", overload: "#b7950b", restart: "#5d6d7e", operator: "#2e6fb7",
};
export const RECORDED_COLOUR = "#2f8f83";
export const DELETED_COLOUR = "#9aa7a9";
export const PINNED_COLOUR = "#d4a017";
const LEVEL_COLOURS = ["#c9281f", "#c9281f", "#d96a0b", "#e0b000", "#2b74c7"] as const;

export const BAR = { height: 92, top: 20, band: 34, pin: 5, handle: 7 } as const;

export interface LineContent {
  recorded: Stretch[];
  gaps: (Stretch & { cause: string })[];
  deleted: Stretch[];
  pins: Stretch[];
  alarms: { at_ms: number; level: number }[];
}

export interface LinePaint {
  window: Stretch;
  content: LineContent;
  at_ms: number | null;
  pointed_ms: number | null;
  selection: Stretch | null;
  now_ms: number;
  colours: { ground: string; line: string; text: string; strong: string };
}

export function xOf(window: Stretch, width: number, at_ms: number): number {
  return ((at_ms - window.from_ms) / (window.to_ms - window.from_ms)) * width;
}

export function atX(window: Stretch, width: number, x: number): number {
  return window.from_ms + (x / width) * (window.to_ms - window.from_ms);
}

export function drawLine(pen: CanvasRenderingContext2D, width: number, paint: LinePaint): void {
  const { window, content, colours } = paint;
  pen.clearRect(0, 0, width, BAR.height);
  const bar = (one: Stretch, colour: string, top: number = BAR.top, height: number = BAR.band): void => {
    const left = Math.max(0, xOf(window, width, one.from_ms));
    const right = Math.min(width, xOf(window, width, one.to_ms));
    if (right < 0 || left > width) return;
    pen.fillStyle = colour;
    pen.fillRect(left, top, Math.max(1.5, right - left), height);
  };
  bar(window, colours.ground);
  for (const one of content.deleted) bar(one, DELETED_COLOUR);
  for (const one of content.recorded) bar(one, RECORDED_COLOUR);
  for (const one of content.gaps) bar(one, CAUSE_COLOURS[one.cause] ?? DELETED_COLOUR);
  for (const one of content.pins) bar(one, PINNED_COLOUR, BAR.top + BAR.band + 2, BAR.pin);
  drawScale(pen, width, paint);
  for (const one of content.alarms) drawAlarm(pen, xOf(window, width, one.at_ms), LEVEL_COLOURS[one.level] ?? LEVEL_COLOURS[4]);
  if (paint.selection) drawSelection(pen, width, window, paint.selection, colours.strong);
  if (paint.now_ms > window.from_ms && paint.now_ms < window.to_ms) drawUpright(pen, xOf(window, width, paint.now_ms), colours.text, [2, 3]);
  if (paint.pointed_ms !== null) drawUpright(pen, xOf(window, width, paint.pointed_ms), colours.text, [1, 2]);
  if (paint.at_ms !== null) drawCursor(pen, xOf(window, width, paint.at_ms), colours.strong);
}

function drawScale(pen: CanvasRenderingContext2D, width: number, { window, colours }: LinePaint): void {
  pen.font = "11px sans-serif";
  pen.textBaseline = "top";
  for (const tick of ticks(window, width)) {
    const x = xOf(window, width, tick.at_ms);
    pen.fillStyle = colours.line;
    pen.fillRect(Math.round(x), BAR.top + BAR.band, 1, 12);
    pen.fillStyle = colours.text;
    const room = pen.measureText(tick.label).width;
    pen.fillText(tick.label, Math.min(Math.max(x - room / 2, 0), width - room), BAR.top + BAR.band + 14);
  }
}

function drawAlarm(pen: CanvasRenderingContext2D, x: number, colour: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x - 6, 3);
  pen.lineTo(x + 6, 3);
  pen.lineTo(x, 16);
  pen.closePath();
  pen.fill();
  pen.fillRect(x - 0.5, 14, 1, BAR.band + 6);
}

function drawSelection(pen: CanvasRenderingContext2D, width: number, window: Stretch, one: Stretch, colour: string): void {
  const left = xOf(window, width, one.from_ms);
  const right = xOf(window, width, one.to_ms);
  pen.save();
  pen.globalAlpha = 0.28;
  pen.fillStyle = colour;
  pen.fillRect(left, BAR.top - 3, right - left, BAR.band + 6);
  pen.restore();
  pen.fillStyle = colour;
  for (const x of [left, right]) {
    pen.fillRect(x - 1, BAR.top - 5, 2, BAR.band + 10);
    pen.fillRect(x - 4, BAR.top + BAR.band / 2 - 8, 8, 16);
  }
}

function drawUpright(pen: CanvasRenderingContext2D, x: number, colour: string, dashes: number[]): void {
  pen.save();
  pen.strokeStyle = colour;
  pen.setLineDash(dashes);
  pen.beginPath();
  pen.moveTo(x, BAR.top - 4);
  pen.lineTo(x, BAR.top + BAR.band + 4);
  pen.stroke();
  pen.restore();
}

function drawCursor(pen: CanvasRenderingContext2D, x: number, colour: string): void {
  pen.fillStyle = colour;
  pen.fillRect(x - 1, BAR.top - 6, 2, BAR.band + 14);
  pen.beginPath();
  pen.arc(x, BAR.top - 7, 4.5, 0, Math.PI * 2);
  pen.fill();
}
