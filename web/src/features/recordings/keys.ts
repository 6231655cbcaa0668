// The keyboard of the recordings page: which key means what, and when a key is not ours. Pure.

export type FootageCommand =
  | { kind: "halt" }
  | { kind: "step"; by: 1 | -1 }
  | { kind: "move"; by_s: number }
  | { kind: "alarm"; by: 1 | -1 }
  | { kind: "gap"; by: 1 | -1 }
  | { kind: "speed"; by: 1 | -1 }
  | { kind: "mark"; end: "in" | "out" };

export const SPEEDS = [0.5, 1, 2, 4, 8, 16] as const;
const MOVE_S = 10;

const KEYS: Readonly<Record<string, FootageCommand>> = {
  " ": { kind: "halt" },
  ",": { kind: "step", by: -1 },
  ".": { kind: "step", by: 1 },
  ArrowLeft: { kind: "move", by_s: -MOVE_S },
  ArrowRight: { kind: "move", by_s: MOVE_S },
  "[": { kind: "alarm", by: -1 },
  "]": { kind: "alarm", by: 1 },
  "{": { kind: "gap", by: -1 },
  "}": { kind: "gap", by: 1 },
  "-": { kind: "speed", by: -1 },
  "=": { kind: "speed", by: 1 },
  "+": { kind: "speed", by: 1 },
  i: { kind: "mark", end: "in" },
  o: { kind: "mark", end: "out" },
};

interface Press {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
}

export function footageCommand(press: Press): FootageCommand | null {
  if (press.ctrlKey || press.altKey || press.metaKey || press.isComposing) return null;
  return KEYS[press.key.length === 1 ? press.key.toLowerCase() : press.key] ?? null;
}

/** The next speed up or down; the ends stay. */
export function otherSpeed(speed: number, by: 1 | -1): number {
  const index = SPEEDS.findIndex((one) => one === speed);
  return SPEEDS[Math.min(Math.max(index + by, 0), SPEEDS.length - 1)] ?? 1;
}
