// How many alarms called the person, or the guards they supervise, in the last ten minutes.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

const KEY = ["operator-load"] as const;
/** Alarms leave the window without anybody doing anything. */
const FRESH_MS = 15_000;

export function useLoad(enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery({ queryKey: KEY, enabled: computed(() => toValue(enabled)), refetchInterval: FRESH_MS, queryFn: () => unwrap(api.GET("/api/operator-load")) });
}

/** A new alarm called somebody. */
export function noteLoad(): void {
  void queries.invalidateQueries({ queryKey: KEY });
}
