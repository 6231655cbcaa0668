// Server state of the devices desk.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

/** The list of ids that wait has no push of its own: knocks leave no rows. */
const STANDING_EVERY_MS = 10_000;
/** A diagnosis is looked at while somebody mends something. */
const DIAGNOSIS_EVERY_MS = 5_000;

/** A position is told every few seconds at most; it has no push of its own. */
const POSITION_EVERY_MS = 15_000;

export function useStanding() {
  return useQuery({ queryKey: ["access"], queryFn: () => unwrap(api.GET("/api/access")), refetchInterval: STANDING_EVERY_MS });
}

export function useDevice(id: MaybeRefOrGetter<string>) {
  return useQuery({ queryKey: computed(() => ["device", toValue(id)]), queryFn: () => unwrap(api.GET("/api/devices/{id}", { params: { path: { id: toValue(id) } } })) });
}

export function useDiagnosis(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["diagnosis", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/devices/{id}/diagnosis", { params: { path: { id: toValue(id) } } })),
    refetchInterval: DIAGNOSIS_EVERY_MS,
  });
}

/** Where a device last said it was; only what moves says it. */
export function usePosition(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["device-position", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/devices/{id}/position", { params: { path: { id: toValue(id) } } })),
    refetchInterval: POSITION_EVERY_MS,
  });
}

/** After a change made here: everything about devices is read again at once. */
export function refreshDevices(): void {
  for (const key of ["devices", "device", "access", "channels", "diagnosis", "device-notices", "cameras"]) void queries.invalidateQueries({ queryKey: [key] });
}
