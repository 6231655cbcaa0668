// The main menu, in the order and words of the trade. An entry shows when the person holds one of its capabilities.
import { Aim, AlarmClock, Avatar, Bell, Calendar, Camera, Checked, Coin, Connection, DataAnalysis, Document, DocumentChecked, Film, Finished, Message, Monitor, MuteNotification, OfficeBuilding, Position, Setting, Share, Stamp, Tickets, Timer, TrendCharts, Upload, VideoCamera, View } from "@element-plus/icons-vue";
import type { Component } from "vue";
import type { Capability } from "@/api/types";

export interface MenuEntry {
  name: string;
  path: string;
  icon: Component;
  needs: Capability[];
}

export const MENU: readonly MenuEntry[] = [
  { name: "overview", path: "/overview", icon: Monitor, needs: ["see_units", "see_figures"] },
  { name: "alarms", path: "/alarms", icon: Bell, needs: ["see_alarms"] },
  { name: "escalations", path: "/escalations", icon: Upload, needs: ["acknowledge_alarms"] },
  { name: "notices", path: "/notices", icon: Stamp, needs: ["see_notices"] },
  { name: "quality", path: "/quality", icon: TrendCharts, needs: ["see_alarms"] },
  { name: "silences", path: "/silences", icon: MuteNotification, needs: ["see_alarms"] },
  { name: "organisations", path: "/organisations", icon: Avatar, needs: ["see_organisations"] },
  { name: "duty", path: "/duty", icon: Calendar, needs: ["see_duty_rooms"] },
  { name: "seat", path: "/seat", icon: Position, needs: ["sit_at_seat"] },
  { name: "rollCalls", path: "/roll-calls", icon: Checked, needs: ["see_duty_rooms"] },
  { name: "drills", path: "/drills", icon: Aim, needs: ["see_duty_rooms"] },
  { name: "ledger", path: "/ledger", icon: Finished, needs: ["see_ledger"] },
  { name: "patrol", path: "/patrol", icon: VideoCamera, needs: ["see_live"] },
  { name: "recordings", path: "/recordings", icon: Film, needs: ["see_recordings"] },
  { name: "units", path: "/units", icon: OfficeBuilding, needs: ["see_units"] },
  { name: "cameras", path: "/cameras", icon: Camera, needs: ["see_cameras"] },
  { name: "devices", path: "/devices", icon: Connection, needs: ["see_cameras"] },
  { name: "facilities", path: "/facilities", icon: AlarmClock, needs: ["see_cameras"] },
  { name: "uppers", path: "/uppers", icon: Share, needs: ["manage_cameras"] },
  { name: "storage", path: "/storage", icon: Coin, needs: ["manage_disks", "see_cameras"] },
  { name: "progress", path: "/progress", icon: Timer, needs: ["see_figures"] },
  { name: "figures", path: "/figures", icon: DataAnalysis, needs: ["see_figures"] },
  { name: "bulletins", path: "/bulletins", icon: Tickets, needs: ["see_figures", "make_bulletin", "approve_bulletin"] },
  { name: "inbox", path: "/inbox", icon: Message, needs: ["answer_bulletin"] },
  { name: "lint", path: "/lint", icon: DocumentChecked, needs: ["see_figures"] },
  { name: "lookups", path: "/lookups", icon: View, needs: ["see_lookups"] },
  { name: "audit", path: "/audit", icon: Document, needs: ["see_audit"] },
  { name: "system", path: "/system", icon: Setting, needs: ["manage_users", "see_system"] },
];

/** Where a person lands: guards at the alarm desk, everybody else at the first thing they may see. */
export function homeOf(capabilities: readonly string[]): string {
  if (capabilities.includes("work_alarms") && !capabilities.includes("manage_cameras")) return "/alarms";
  const first = MENU.find((entry) => entry.needs.some((need) => capabilities.includes(need)));
  return first?.path ?? "/password";
}
