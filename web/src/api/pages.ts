// Keyset paging for tables: pages forward by the server's token, back by the tokens already seen.
import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from "vue";
import type { Page } from "./types";

export const PAGE_ROWS = 50;

export function useKeysetPages<Row>(key: MaybeRefOrGetter<readonly unknown[]>, load: (after: string | undefined) => Promise<Page<Row>>) {
  const tokens = ref<(string | undefined)[]>([undefined]);
  const index = computed(() => tokens.value.length - 1);
  const after = computed(() => tokens.value.at(-1));

  // A changed filter starts again at the first page.
  watch(() => JSON.stringify(toValue(key)), () => (tokens.value = [undefined]));

  const query = useQuery({
    queryKey: computed(() => [...toValue(key), after.value]),
    queryFn: () => load(after.value),
    placeholderData: keepPreviousData,
  });
  const items = computed(() => query.data.value?.items ?? []);
  const has_next = computed(() => Boolean(query.data.value?.next));

  function next(): void {
    const token = query.data.value?.next;
    if (token) tokens.value = [...tokens.value, token];
  }
  function previous(): void {
    if (tokens.value.length > 1) tokens.value = tokens.value.slice(0, -1);
  }
  return { query, items, index, has_next, next, previous };
}
