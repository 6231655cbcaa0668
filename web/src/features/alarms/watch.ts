// What every page knows about new alarms: the push feeds the query cache, the banner and the sound.
import { onScopeDispose, ref, watch, type Ref } from "vue";
import { serverNow } from "@/api/client";
import { openPush } from "@/api/events";
import type { Alarm, Camera, Page } from "@/api/types";
import { sound } from "@/app/preferences";
import { queries } from "@/app/session";
import { noteDeviceNotices, noteDevices } from "@/features/devices/news";
import { noteDrills } from "@/features/drills/queries";
import { noteDuty } from "@/features/duty/queries";
import { noteFacilities } from "@/features/facilities/queries";
import { noteNotices } from "@/features/notices/queries";
import { noteRuleQuality } from "@/features/quality/queries";
import { noteOrganisations } from "@/features/organisations/queries";
import { noteRollCalls } from "@/features/rollcalls/queries";
import { noteSilences } from "@/features/silences/queries";
import { noteWatchdog } from "@/features/system/watchdog";
import { useNow } from "@/ui/now";
import { rings } from "./clocks";
import { noteLoad } from "./load";
import { noteAlarm, refreshAlarms } from "./queries";
import { dueCall, playCall, unlockSound } from "./sound";

/** Levels that interrupt people on other pages. */
const BANNER_LEVEL_MAX = 2;

/** Follows the push while the calling component lives; answers the newest alarm nobody here has looked at. */
export function useAlarmWatch(): { newest: Ref<Alarm | null> } {
  const newest = ref<Alarm | null>(null);

  const close = openPush({
    alarm({ kind, alarm }) {
      noteAlarm(alarm);
      if (kind === "raised") noteLoad();
      if (kind === "raised" && alarm.level <= BANNER_LEVEL_MAX && rings(alarm, serverNow())) newest.value = alarm;
      else if (newest.value?.id === alarm.id && alarm.state !== "waiting") newest.value = null;
    },
    camera({ id, state }) {
      queries.setQueriesData<Page<Camera>>({ queryKey: ["cameras"] }, (page) =>
        page ? { ...page, items: page.items.map((one) => (one.id === id ? { ...one, state: state as Camera["state"] } : one)) } : page,
      );
      void queries.invalidateQueries({ queryKey: ["cameras"] });
    },
    devices: noteDevices,
    deviceNotices: noteDeviceNotices,
    notices() {
      noteNotices();
      // A supervision order marks the alarms that it names.
      refreshAlarms();
    },
    ruleQuality: noteRuleQuality,
    silences: noteSilences,
    organisations: noteOrganisations,
    rollCalls: noteRollCalls,
    drills: noteDrills,
    duty: noteDuty,
    watchdog: noteWatchdog,
    facilities: noteFacilities,
    resumed() {
      refreshAlarms();
      noteDevices();
      noteDeviceNotices();
      noteNotices();
      noteRuleQuality();
      noteSilences();
      noteRollCalls();
      noteWatchdog();
      noteFacilities();
      noteDuty();
      noteDrills();
    },
  });
  onScopeDispose(close);
  return { newest };
}

/** Calls out while alarms of level 1 or 2 wait to be taken, unless the person muted this machine. */
export function useAlarmSound(open: () => Alarm[], wanted: () => boolean): void {
  const now = useNow();
  let last_call_ms: number | null = null;
  let known_waiting = 0;
  watch(now, (now_ms) => {
    if (!wanted() || sound.value === "off") return;
    const waiting = open().filter((alarm) => alarm.state === "waiting" && rings(alarm, now_ms)).map((alarm) => alarm.level);
    if (waiting.length > known_waiting) last_call_ms = null;
    known_waiting = waiting.length;
    const level = dueCall(waiting, last_call_ms, now_ms);
    if (level === null) return;
    last_call_ms = now_ms;
    playCall(level);
  });
  const unlock = (): void => unlockSound();
  window.addEventListener("pointerdown", unlock);
  window.addEventListener("keydown", unlock);
  onScopeDispose(() => {
    window.removeEventListener("pointerdown", unlock);
    window.removeEventListener("keydown", unlock);
  });
}
