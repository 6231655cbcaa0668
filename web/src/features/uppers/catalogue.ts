// What an item of a catalogue is, from its digits (GB/T 28181-2022 annexes E and J), and how deep it stands. Pure.
import { GB_ID_DIGITS, isCamera } from "@/features/devices/gbId";

export type ItemKind = "system" | "region" | "group" | "unit" | "camera" | "other";

const KINDS: Readonly<Record<string, ItemKind>> = { "200": "system", "215": "group", "216": "unit" };
const DEPTHS: Readonly<Record<Exclude<ItemKind, "region">, number>> = { system: 0, group: 1, unit: 2, camera: 3, other: 3 };
/** A level of regions has two digits more: 36, 3601, 360102. */
const REGION_DIGITS = 2;

export function itemKind(id: string): ItemKind {
  if (id.length < GB_ID_DIGITS) return "region";
  const type_code = id.slice(10, 13);
  return KINDS[type_code] ?? (isCamera(type_code) ? "camera" : "other");
}

export function itemDepth(id: string): number {
  const kind = itemKind(id);
  return kind === "region" ? Math.ceil(id.length / REGION_DIGITS) : DEPTHS[kind];
}
