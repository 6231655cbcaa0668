// The watchdog of the alarm path: how many links are broken, and that this changed.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

const KEY = ["watchdog"] as const;
/** Test alarms come and go without anybody pressing anything. */
const FRESH_MS = 10_000;

export function useWatchdog(enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery({ queryKey: KEY, enabled: computed(() => toValue(enabled)), refetchInterval: FRESH_MS, queryFn: () => unwrap(api.GET("/api/system/watchdog")) });
}

/** Broken links, for the menu; one that stopped or cannot begin counts as one. */
export function useFaults(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: KEY,
    enabled: computed(() => toValue(enabled)),
    refetchInterval: FRESH_MS,
    queryFn: () => unwrap(api.GET("/api/system/watchdog")),
    select: (found) => Math.max(found.faults.filter((fault) => !fault.mended_at).length, found.verdict === "broken" || found.verdict === "silent" ? 1 : 0),
  });
}

export function noteWatchdog(): void {
  void queries.invalidateQueries({ queryKey: KEY });
}
