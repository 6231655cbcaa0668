// What people said of the rules, quarantines, and the alarms behind a number.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import type { RuleFigures } from "@/api/types";
import { queries } from "@/app/session";

/** Proposals counted in the menu; more are shown as so many and more. */
const COUNTED_MAX = 200;

export type Answer = "real" | "false" | undefined;

/** A number of the tables: whose, and which answers. */
export interface Behind {
  rule: RuleFigures;
  answer: Answer;
  reason?: string | undefined;
}

export function useRuleQuality() {
  return useQuery({ queryKey: ["rule-quality"], queryFn: () => unwrap(api.GET("/api/rule-quality")) });
}

/** Quarantines that wait for a decision; for whoever decides. */
export function useProposals(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ["quarantines", "proposed"],
    enabled: computed(() => toValue(enabled)),
    queryFn: async () => {
      const page = await unwrap(api.GET("/api/quarantines", { params: { query: { open: true, limit: COUNTED_MAX } } }));
      return page.items.filter((one) => one.state === "proposed").length;
    },
  });
}

/** Quarantines changed: lists are read again. */
export function noteRuleQuality(): void {
  for (const key of ["quarantines", "rule-quality"]) void queries.invalidateQueries({ queryKey: [key] });
}
