// One alarm as the server sends it, for tests.
import type { Alarm } from "@/api/types";

export function alarmOf(change: Partial<Alarm> = {}): Alarm {
  return {
    id: "a1", code: "F02", level: 1, state: "waiting", marks: [], drill: false, unit_id: "u1", unit_name: "u", city: "c", county: null, camera_id: null, camera_name: null, place_type: null,
    title_zh: "", title_en: "", source: "ai", owner: null, score: null, boxes: [], sources: [],
    times: { occurred_at: "2026-11-23T13:00:00Z", pushed_at: "2026-11-23T13:00:01Z", opened_at: null, taken_at: null, verified_at: null, arrived_at: null, handled_at: null, reviewed_at: null },
    clocks: [], false_alarm_reason: null, note: null, has_picture: false, has_clip: false, has_result_picture: false, simulated: true, next: [], version: 1,
    ...change,
  };
}
