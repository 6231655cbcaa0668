// Server state of the alarm desk: the open list kept true by the push, one alarm in detail, and the events a person sends.
import { useMutation, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, send, unwrap } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Alarm, AlarmDetail } from "@/api/types";
import { queries } from "@/app/session";
import { noteLadder } from "@/features/escalations/queries";
import { noteOrder } from "@/features/orders/queries";
import { deskOrder, withAlarm } from "./clocks";

/** The desk shows the newest this many open alarms; the server's own maximum of a page. */
const OPEN_ROWS_MAX = 200;
const OPEN_KEY = ["alarms", "open"] as const;
const SUPERVISED_KEY = ["alarms", "list", "supervised"] as const;

export function alarmKey(id: string) {
  return ["alarm", id] as const;
}

export function useOpenAlarms(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: OPEN_KEY,
    enabled: computed(() => toValue(enabled)),
    queryFn: async () => {
      const page = await unwrap(api.GET("/api/alarms", { params: { query: { state: "open", limit: OPEN_ROWS_MAX } } }));
      return [...page.items].sort(deskOrder);
    },
  });
}

/** Open alarms named in a supervision order, whatever else is open. */
export function useSupervisedAlarms(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: SUPERVISED_KEY,
    enabled: computed(() => toValue(enabled)),
    queryFn: async () => {
      const page = await unwrap(api.GET("/api/alarms", { params: { query: { state: "open", supervised: true, limit: OPEN_ROWS_MAX } } }));
      return [...page.items].sort(deskOrder);
    },
  });
}

export function useAlarm(id: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: computed(() => alarmKey(toValue(id) ?? "")),
    enabled: computed(() => toValue(id) !== null),
    queryFn: () => loadAlarm(toValue(id) ?? ""),
  });
}

/** News of one alarm, from the push or from our own event. */
export function noteAlarm(alarm: Alarm): void {
  queries.setQueryData<Alarm[]>(OPEN_KEY, (list) => (list ? withAlarm(list, alarm) : list));
  const known = queries.getQueryData<AlarmDetail>(alarmKey(alarm.id));
  // Nothing known may mean an answer on its way that is older than this news, e.g. from before the picture was kept.
  const older = !known || known.version < alarm.version || known.has_picture !== alarm.has_picture || known.has_clip !== alarm.has_clip;
  if (older) void queries.invalidateQueries({ queryKey: alarmKey(alarm.id) });
  void queries.invalidateQueries({ queryKey: ["alarms", "list"] });
  void queries.invalidateQueries({ queryKey: ["overview"] });
  noteLadder(alarm.id);
  noteOrder(alarm.id);
}

/** After a gap in the push everything shown may be old. */
export function refreshAlarms(): void {
  void queries.invalidateQueries({ queryKey: OPEN_KEY });
  void queries.invalidateQueries({ queryKey: ["alarm"] });
  void queries.invalidateQueries({ queryKey: ["alarms"] });
  noteLadder();
  noteOrder();
}

export interface EventOrder {
  alarm: Alarm;
  event: string;
  reason?: string;
  note?: string;
  picture?: Blob | null;
}

async function loadAlarm(id: string): Promise<AlarmDetail> {
  return unwrap(api.GET("/api/alarms/{id}", { params: { path: { id } } }));
}

async function postEvent({ alarm, event, reason, note }: EventOrder): Promise<AlarmDetail> {
  const body = { event, version: alarm.version, ...(reason ? { reason } : {}), ...(note ? { note } : {}) };
  return unwrap(api.POST("/api/alarms/{id}/events", { params: { path: { id: alarm.id } }, body }));
}

/**
 * Sends an event. A version can be stale for a harmless cause (somebody looked at the alarm, a picture was stored); when the
 * alarm still stands where the person saw it and still offers the event, it is sent once more instead of asking for a second press.
 */
async function sendEvent(order: EventOrder): Promise<AlarmDetail> {
  const { id } = order.alarm;
  if (order.picture) {
    const type = order.picture.type === "image/png" ? "image/png" : "image/jpeg";
    await send(`/api/alarms/${encodeURIComponent(id)}/result-picture`, { method: "PUT", body: order.picture, headers: { "content-type": type } });
  }
  try {
    return await postEvent(order);
  } catch (thrown) {
    if (asProblem(thrown).code !== "conflict") throw thrown;
    const alarm = await loadAlarm(id);
    if (alarm.state !== order.alarm.state || !alarm.next.some((one) => one.event === order.event)) throw thrown;
    return postEvent({ ...order, alarm });
  }
}

export function useAlarmEvent() {
  return useMutation({
    mutationFn: sendEvent,
    onSuccess: (detail) => {
      queries.setQueryData(alarmKey(detail.id), detail);
      noteAlarm(detail);
    },
    onError: (_error, order) => void queries.invalidateQueries({ queryKey: alarmKey(order.alarm.id) }),
  });
}
