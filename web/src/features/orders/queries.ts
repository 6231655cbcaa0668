// The work order, the report of a fire and the papers of one alarm; all change when the alarm does, which the push tells.
import { useMutation, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { queries } from "@/app/session";

export type WorkOrder = components["schemas"]["WorkOrder"];
export type IncidentDetail = components["schemas"]["IncidentDetail"];
export type IncidentForm = components["schemas"]["IncidentForm"];

const ORDER_KEY = "order";
const INCIDENT_KEY = "incident";
const SHEETS_KEY = "sheets";
const SHEETS_SHOWN = 5;

export function useOrder(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [ORDER_KEY, toValue(id)]),
    queryFn: async () => (await unwrap(api.GET("/api/alarms/{id}/order", { params: { path: { id: toValue(id) } } }))).order ?? null,
  });
}

/** The report of a fire; null for an alarm that owes none. */
export function useIncident(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [INCIDENT_KEY, toValue(id)]),
    queryFn: async (): Promise<IncidentDetail | null> => {
      try {
        return (await unwrap(api.GET("/api/alarms/{id}/incident", { params: { path: { id: toValue(id) } } }))) as IncidentDetail;
      } catch (thrown) {
        if (asProblem(thrown).status === 404) return null;
        throw thrown;
      }
    },
  });
}

export function useSheets(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [SHEETS_KEY, toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/duty/reports", { params: { query: { alarm_id: toValue(id), limit: SHEETS_SHOWN } } })),
  });
}

export function noteOrder(id?: string): void {
  for (const key of [ORDER_KEY, INCIDENT_KEY, SHEETS_KEY]) void queries.invalidateQueries({ queryKey: id ? [key, id] : [key] });
}

export function useAct(id: MaybeRefOrGetter<string>) {
  return useMutation({
    mutationFn: (body: { act: string; side: string; words?: string }) => unwrap(api.POST("/api/alarms/{id}/order/acts", { params: { path: { id: toValue(id) } }, body })),
    onSettled: () => noteOrder(toValue(id)),
  });
}

export function useWriteIncident(id: MaybeRefOrGetter<string>) {
  return useMutation({
    mutationFn: (body: { event: string; version: number; form: IncidentForm }) => unwrap(api.PUT("/api/alarms/{id}/incident", { params: { path: { id: toValue(id) } }, body })),
    onSettled: () => noteOrder(toValue(id)),
  });
}

export function useMakeSheet(id: MaybeRefOrGetter<string>) {
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/alarms/{id}/sheet", { params: { path: { id: toValue(id) } } })),
    onSettled: () => noteOrder(toValue(id)),
  });
}
