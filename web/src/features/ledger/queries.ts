// Server state of the ledger of duty. Days that run change every minute, so they are asked for again.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

export const LEDGER_KEY = "ledger";
const AGAIN_MS = 60_000;

export function useCoverage(day: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [LEDGER_KEY, "coverage", toValue(day)]),
    refetchInterval: AGAIN_MS,
    queryFn: () => unwrap(api.GET("/api/duty/coverage", { params: { query: { day: toValue(day) } } })),
  });
}

export function useRoomDays(first: MaybeRefOrGetter<string>, last: MaybeRefOrGetter<string>, organisation_id: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: computed(() => [LEDGER_KEY, "rooms", toValue(first), toValue(last), toValue(organisation_id)]),
    enabled: computed(() => toValue(organisation_id) !== null),
    refetchInterval: AGAIN_MS,
    queryFn: () => unwrap(api.GET("/api/duty/room-days", { params: { query: { first: toValue(first), last: toValue(last), organisation_id: toValue(organisation_id) ?? undefined } } })),
  });
}

export function useUnitDays(id: MaybeRefOrGetter<string>, first: MaybeRefOrGetter<string>, last: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [LEDGER_KEY, "unit", toValue(id), toValue(first), toValue(last)]),
    refetchInterval: AGAIN_MS,
    queryFn: () => unwrap(api.GET("/api/units/{id}/duty-days", { params: { path: { id: toValue(id) }, query: { first: toValue(first), last: toValue(last) } } })),
  });
}

/** The minute in which an alarm rang; asked again until it can be judged. */
export function useDutyAtAlarm(alarm_id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [LEDGER_KEY, "alarm", toValue(alarm_id)]),
    refetchInterval: (query) => (query.state.data?.known === false ? AGAIN_MS : false),
    queryFn: () => unwrap(api.GET("/api/alarms/{id}/duty", { params: { path: { id: toValue(alarm_id) } } })),
  });
}

export function useStanding(unit_id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [LEDGER_KEY, "standing", toValue(unit_id)]),
    queryFn: async () => (await unwrap(api.GET("/api/duty/standings", { params: { query: { unit_id: toValue(unit_id) } } }))).items[0] ?? null,
  });
}

export function useCorrections(room_id: MaybeRefOrGetter<string>, day: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [LEDGER_KEY, "corrections", toValue(room_id), toValue(day)]),
    queryFn: () => unwrap(api.GET("/api/duty-rooms/{id}/corrections", { params: { path: { id: toValue(room_id) }, query: { day: toValue(day) } } })),
  });
}

export function noteLedger(): void {
  void queries.invalidateQueries({ queryKey: [LEDGER_KEY] });
}
