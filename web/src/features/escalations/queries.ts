// The ladder of one alarm and the queue of one's own office; both change when an alarm does, which the push tells.
import { useMutation, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import type { AlarmLadder, Escalation, Page } from "@/api/types";
import { queries } from "@/app/session";

const LADDER_KEY = "ladder";
const QUEUE_KEY = "escalations";

/** Repeats of a rung are written without a change of the alarm: the page looks again this often while it is open. */
const LADDER_FRESH_MS = 15_000;
/** The push brings most news; this catches the rest. */
const OWED_FRESH_MS = 60_000;

export type QueueState = "owed" | "all";

export function useLadder(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [LADDER_KEY, toValue(id)]),
    refetchInterval: LADDER_FRESH_MS,
    queryFn: (): Promise<AlarmLadder> => unwrap(api.GET("/api/alarms/{id}/ladder", { params: { path: { id: toValue(id) } } })),
  });
}

export function queueKey(state: QueueState): readonly unknown[] {
  return [QUEUE_KEY, state];
}

export async function queuePage(state: QueueState, limit: number, after?: string): Promise<Page<Escalation>> {
  return unwrap(api.GET("/api/escalations", { params: { query: { state, limit, ...(after ? { after } : {}) } } })) as Promise<Page<Escalation>>;
}

/** How many acknowledgements the person's office owes. */
export function useOwed(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: [QUEUE_KEY, "count"],
    enabled: computed(() => toValue(enabled)),
    refetchInterval: OWED_FRESH_MS,
    queryFn: async () => (await unwrap(api.GET("/api/escalations/owed"))).count,
  });
}

export function useAcknowledge() {
  return useMutation({
    mutationFn: async (id: string) => {
      await unwrap(api.POST("/api/alarms/{id}/receipt", { params: { path: { id } }, body: {} }));
    },
    onSettled: (_answer, _error, id) => noteLadder(id),
  });
}

/** An alarm changed: its ladder may have, and the queue with it. */
export function noteLadder(id?: string): void {
  void queries.invalidateQueries({ queryKey: id ? [LADDER_KEY, id] : [LADDER_KEY] });
  void queries.invalidateQueries({ queryKey: [QUEUE_KEY] });
}
