// Zones while somebody draws them: what came from the server, changed here and not yet sent. Pure.
import type { CameraZones, CameraZonesPut, Zone } from "@/api/types";

export interface Point {
  x: number;
  y: number;
}
export interface ZoneDraft {
  /** Its id, or a name for one that the server does not know yet. */
  key: string;
  is_new: boolean;
  kind: string;
  name: string;
  corners: Point[];
  hold_s: number;
  hours: { from: string; until: string } | null;
}

export const ZONES_MAX = 16;
export const CORNERS_MIN = 3;
export const CORNERS_MAX = 32;
export const HOLD_S = { min: 5, max: 3600 } as const;
export const NAME_MAX = 40;
/** A share of the picture is sent with so many digits: a tenth of a pixel of 1080 lines. */
const DIGITS = 4;

const clamp = (share: number): number => Math.min(1, Math.max(0, Number(share.toFixed(DIGITS))));
export const inPicture = (point: Point): Point => ({ x: clamp(point.x), y: clamp(point.y) });

function draftOf(zone: Zone): ZoneDraft {
  const corners = zone.corners.map(([x = 0, y = 0]) => inPicture({ x, y }));
  return { key: zone.id, is_new: false, kind: zone.kind, name: zone.name, corners, hold_s: zone.hold_s, hours: zone.hours ? { ...zone.hours } : null };
}
export const draftsOf = (zones: CameraZones): ZoneDraft[] => zones.zones.map(draftOf);

export function putOf(version: number, drafts: ZoneDraft[]): CameraZonesPut {
  const zones = drafts.map((draft) => ({
    ...(draft.is_new ? {} : { id: draft.key }),
    kind: draft.kind,
    name: draft.name.trim(),
    corners: draft.corners.map(({ x, y }) => [x, y]),
    ...(draft.kind === "mask" ? {} : { hold_s: draft.hold_s }),
    ...(draft.hours ? { hours: draft.hours } : {}),
  }));
  return { version, zones } as CameraZonesPut;
}

/** The same list with one zone changed. */
export function changed(drafts: ZoneDraft[], key: string, part: Partial<ZoneDraft>): ZoneDraft[] {
  return drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft));
}

export function withCorner(draft: ZoneDraft, index: number, to: Point): Point[] {
  return draft.corners.map((corner, at) => (at === index ? inPicture(to) : corner));
}

/** Without a corner; one that has no more than three keeps them. */
export function withoutCorner(draft: ZoneDraft, index: number): Point[] {
  return draft.corners.length <= CORNERS_MIN ? draft.corners : draft.corners.filter((_, at) => at !== index);
}

/** With a new corner in the middle of the side that begins at `index`. */
export function splitSide(draft: ZoneDraft, index: number): Point[] {
  const from = draft.corners[index];
  const to = draft.corners[(index + 1) % draft.corners.length];
  if (!from || !to || draft.corners.length >= CORNERS_MAX) return draft.corners;
  const middle = inPicture({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
  return [...draft.corners.slice(0, index + 1), middle, ...draft.corners.slice(index + 1)];
}

/** A rectangle to begin with where no corners are drawn by hand, a little aside of those that are there. */
export function rectangle(count: number): Point[] {
  const STEP = 0.03;
  const aside = STEP * (count % 6);
  const [left, top, right, bottom] = [0.35 + aside, 0.3 + aside, 0.6 + aside, 0.7 + aside];
  return [{ x: left, y: top }, { x: right, y: top }, { x: right, y: bottom }, { x: left, y: bottom }].map(inPicture);
}

/** Area as a share of the picture (shoelace). */
export function areaOf(corners: Point[]): number {
  const twice = corners.reduce((sum, a, index) => {
    const b = corners[(index + 1) % corners.length] ?? a;
    return sum + a.x * b.y - b.x * a.y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** Where its name stands. */
export function middleOf(corners: Point[]): Point {
  const count = Math.max(1, corners.length);
  const sum = corners.reduce((all, corner) => ({ x: all.x + corner.x, y: all.y + corner.y }), { x: 0, y: 0 });
  return { x: sum.x / count, y: sum.y / count };
}

export const outline = (corners: Point[]): string => corners.map(({ x, y }) => `${x},${y}`).join(" ");

/** Two lists that the server would keep as the same. */
export function isSame(a: ZoneDraft[], b: ZoneDraft[]): boolean {
  return JSON.stringify(putOf(0, a)) === JSON.stringify(putOf(0, b));
}

/** What keeps a zone from being sent, as a word of the locale. */
export function faultOf(draft: ZoneDraft): "name" | "corners" | "hold" | "hours" | null {
  if (draft.name.trim() === "" || [...draft.name.trim()].length > NAME_MAX) return "name";
  const AREA_MIN = 0.001;
  if (draft.corners.length < CORNERS_MIN || areaOf(draft.corners) < AREA_MIN) return "corners";
  if (draft.kind !== "mask" && (draft.hold_s < HOLD_S.min || draft.hold_s > HOLD_S.max)) return "hold";
  return draft.hours && (draft.hours.from === draft.hours.until || !draft.hours.from || !draft.hours.until) ? "hours" : null;
}
