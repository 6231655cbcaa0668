// Geometry of the trend line: moments and rates to points of an SVG. Pure.
import type { TrendPoint } from "@/api/contract";

export const CHART = { width: 900, height: 300, left: 48, right: 24, top: 16, bottom: 34 } as const;

export interface Spot {
  x: number;
  y: number;
  percent: number;
  point: TrendPoint;
}
export interface Plot {
  spots: Spot[];
  line: string;
  /** From the last point to the forecast, dashed. */
  ahead: string | null;
  ahead_end: { x: number; y: number } | null;
  grid: { y: number; percent: number }[];
  ticks: { x: number; at_ms: number }[];
  deadline_x: number | null;
}

const FULL = 100;
const STEPS = [5, 10, 20, 25] as const;
const GRID_LINES_MAX = 6;
const TICKS_MAX = 6;

export interface Ahead {
  deadline: string | null;
  at_deadline_percent: number | null;
}

/** Points without a population are left out: there is no rate to draw. */
export function plot(points: TrendPoint[], ahead: Ahead): Plot {
  const drawn = points.filter((point) => point.denominator > 0);
  const moments = drawn.map((point) => Date.parse(point.as_of));
  const rates = drawn.map((point) => (point.numerator / point.denominator) * FULL);
  const deadline_ms = ahead.deadline === null ? null : Date.parse(ahead.deadline);
  const shows_ahead = deadline_ms !== null && ahead.at_deadline_percent !== null && moments.length > 0 && deadline_ms > (moments.at(-1) ?? 0);
  const all_rates = shows_ahead && ahead.at_deadline_percent !== null ? [...rates, ahead.at_deadline_percent] : rates;
  const { low, high, step } = bounds(all_rates);
  const from_ms = moments[0] ?? 0;
  const until_ms = Math.max(moments.at(-1) ?? 1, shows_ahead ? deadline_ms : 0);
  const span_ms = Math.max(1, until_ms - from_ms);

  const wide = CHART.width - CHART.left - CHART.right;
  const tall = CHART.height - CHART.top - CHART.bottom;
  const x = (ms: number): number => round(moments.length === 1 && !shows_ahead ? CHART.left + wide / 2 : CHART.left + ((ms - from_ms) / span_ms) * wide);
  const y = (percent: number): number => round(CHART.top + tall - ((percent - low) / (high - low)) * tall);

  const spots = drawn.map((point, at) => ({ x: x(moments[at] ?? 0), y: y(rates[at] ?? 0), percent: rates[at] ?? 0, point }));
  const last = spots.at(-1);
  const ahead_end = shows_ahead && ahead.at_deadline_percent !== null ? { x: x(deadline_ms), y: y(ahead.at_deadline_percent) } : null;
  return {
    spots,
    line: spots.map((spot) => `${spot.x},${spot.y}`).join(" "),
    ahead: last && ahead_end ? `${last.x},${last.y} ${ahead_end.x},${ahead_end.y}` : null,
    ahead_end,
    grid: gridLines(low, high, step).map((percent) => ({ percent, y: y(percent) })),
    ticks: tickMoments(moments).map((at_ms) => ({ at_ms, x: x(at_ms) })),
    deadline_x: ahead_end?.x ?? null,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A band of round percentages around the rates, never outside 0…100 and never empty. */
function bounds(rates: number[]): { low: number; high: number; step: number } {
  const least = Math.min(...rates, FULL);
  const most = Math.max(...rates, 0);
  const step = STEPS.find((one) => (Math.ceil(most / one) - Math.floor(least / one)) <= GRID_LINES_MAX) ?? 25;
  const low = Math.max(0, Math.floor(Math.min(least, most) / step) * step);
  const high = Math.min(FULL, Math.ceil(most / step) * step);
  return high > low ? { low, high, step } : { low: Math.max(0, low - step), high: Math.max(step, Math.min(FULL, low + step)), step };
}

function gridLines(low: number, high: number, step: number): number[] {
  const lines: number[] = [];
  for (let percent = low; percent <= high; percent += step) lines.push(percent);
  return lines;
}

function tickMoments(moments: number[]): number[] {
  const every = Math.max(1, Math.ceil(moments.length / TICKS_MAX));
  return moments.filter((_, at) => at % every === 0);
}
