// Which habits of a device a person may change, in the order of the form. Their words are in the locales under `habit`.
import type { Habits } from "@/api/devices";

export interface ChoiceHabit {
  name: "charset" | "media" | "live_stream" | "sub_stream" | "catalogue_event" | "alarm_event";
  values: readonly string[];
}
export const CHOICES: readonly ChoiceHabit[] = [
  { name: "media", values: ["udp", "tcp_device_connects", "tcp_platform_connects"] },
  { name: "charset", values: ["gb2312", "gb18030", "utf8"] },
  { name: "live_stream", values: ["main", "sub"] },
  { name: "sub_stream", values: ["stream_number", "stream", "stream_profile", "stream_mode", "no"] },
  { name: "catalogue_event", values: ["presence", "plain", "with_id"] },
  { name: "alarm_event", values: ["presence", "plain", "with_id"] },
];
export const SWITCHES = ["ssrc_checked", "time_sync", "subscribes", "roaming"] as const;
export interface NumberHabit {
  name: "keepalive_s" | "keepalive_misses" | "record_window_h" | "position_s";
  min: number;
  max: number;
}
export const NUMBERS: readonly NumberHabit[] = [
  { name: "keepalive_s", min: 5, max: 3600 },
  { name: "keepalive_misses", min: 1, max: 20 },
  { name: "record_window_h", min: 1, max: 24 },
  { name: "position_s", min: 5, max: 3600 },
];

/** Without what is not set: an absent habit is the usual one. */
export function changedOnly(habits: Habits): Habits {
  return Object.fromEntries(Object.entries(habits).filter(([, value]) => value !== undefined && value !== null && value !== "")) as Habits;
}
