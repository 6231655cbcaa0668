// One bulletin and what is done to it. Every step reloads what it may have changed.
import { useMutation, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { bulletin, inboxPage } from "@/api/bulletins";
import { queries } from "@/app/session";

export function useBulletin(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["bulletin", toValue(id)]),
    queryFn: async () => {
      const found = await bulletin(toValue(id));
      // A party's or addressee's first look is its receipt.
      void queries.invalidateQueries({ queryKey: ["inbox"] });
      return found;
    },
  });
}

export function reloadBulletin(id: string): Promise<void> {
  for (const name of ["bulletins", "inbox"]) void queries.invalidateQueries({ queryKey: [name] });
  return queries.invalidateQueries({ queryKey: ["bulletin", id] });
}

/** A step on one bulletin: any call of the API, and the bulletin as it is afterwards. */
export function useStep(id: MaybeRefOrGetter<string>) {
  return useMutation({ mutationFn: (call: () => Promise<unknown>) => call(), onSettled: () => reloadBulletin(toValue(id)) });
}

const INBOX_FRESH_MS = 60_000;
const INBOX_COUNTED_MAX = 50;

/** How many entries of the inbox are unread, as far as one page shows. */
export function useUnread(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ["inbox", "unread"],
    enabled: computed(() => toValue(enabled)),
    refetchInterval: INBOX_FRESH_MS,
    queryFn: async () => (await inboxPage(INBOX_COUNTED_MAX)).items.filter((one) => !one.read_at).length,
  });
}
