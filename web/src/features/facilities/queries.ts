// Server state of fire facilities.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

/** What is heard of a device without a change has no push, and is looked at now and then. */
export const HEARD_EVERY_MS = 20_000;
/** A burst of events reads the lists once. */
const REST_MS = 800;

const KEYS = ["transmitters", "transmitter", "transmitter-standing", "components", "facility-events", "roll-calls"];

export function useStanding() {
  return useQuery({ queryKey: ["transmitter-standing"], queryFn: () => unwrap(api.GET("/api/transmitters/standing")), refetchInterval: HEARD_EVERY_MS });
}

export function useTransmitter(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["transmitter", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/transmitters/{id}", { params: { path: { id: toValue(id) } } })),
    refetchInterval: HEARD_EVERY_MS,
  });
}

/** Everything about fire facilities is read again. */
export function refreshFacilities(): void {
  for (const key of KEYS) void queries.invalidateQueries({ queryKey: [key] });
}

let timer: number | undefined;

/** The push says that something was told. */
export function noteFacilities(): void {
  timer ??= window.setTimeout(() => {
    timer = undefined;
    refreshFacilities();
  }, REST_MS);
}
