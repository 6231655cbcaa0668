// Server state of roll-calls of duty rooms; the push says once a second that some of it changed.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

export const ROLL_CALLS_KEY = "duty-roll-calls";

export function useRound(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [ROLL_CALLS_KEY, "round", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/roll-call-rounds/{id}", { params: { path: { id: toValue(id) } } })),
  });
}

export function useCall(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [ROLL_CALLS_KEY, "call", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/roll-calls/{id}", { params: { path: { id: toValue(id) } } })),
  });
}

export function useDay(day: MaybeRefOrGetter<string>, room_id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [ROLL_CALLS_KEY, "day", toValue(day), toValue(room_id)]),
    queryFn: () => {
      const room = toValue(room_id);
      return unwrap(api.GET("/api/roll-call-days/{day}", { params: { path: { day: toValue(day) }, query: room ? { room_id: room } : {} } }));
    },
  });
}

export function noteRollCalls(): void {
  void queries.invalidateQueries({ queryKey: [ROLL_CALLS_KEY] });
}
