// Alarms of a flood under one card: those of the same unit, place and kind that wait. Nothing is left out, and level 1 is never grouped. Pure.
import type { Alarm } from "@/api/types";

export interface FloodGroup {
  key: string;
  /** In the order of the list; the first is the most urgent and newest. */
  alarms: Alarm[];
}

const keyOf = (alarm: Alarm): string => [alarm.unit_id, alarm.place_type ?? "", alarm.code, alarm.level].join(" ");
const isGrouped = (alarm: Alarm): boolean => alarm.level > 1 && alarm.state === "waiting";

/** Groups of one alarm each while nobody is flooded; in a flood, what is alike stands where its first stands. */
export function floodGroups(alarms: readonly Alarm[], is_flooded: boolean): FloodGroup[] {
  const groups: FloodGroup[] = [];
  const by_key = new Map<string, FloodGroup>();
  for (const alarm of alarms) {
    const key = keyOf(alarm);
    const known = is_flooded && isGrouped(alarm) ? by_key.get(key) : undefined;
    if (known) {
      known.alarms.push(alarm);
      continue;
    }
    const group = { key: is_flooded && isGrouped(alarm) ? key : alarm.id, alarms: [alarm] };
    groups.push(group);
    if (is_flooded && isGrouped(alarm)) by_key.set(key, group);
  }
  return groups;
}
