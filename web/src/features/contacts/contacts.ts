// The signed-in person's contacts, and whether this browser is among them.
import { useMutation, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";
import { ownDigest, pushAbility, subscribe, unsubscribe } from "./push";

const KEY = ["contacts"] as const;
const load = () => unwrap(api.GET("/api/contacts"));

/** The person said no when the browser asked. */
export class PermissionRefused extends Error {}

const refresh = () => queries.invalidateQueries({ queryKey: KEY });
const forget = (id: string) => unwrap(api.DELETE("/api/contacts/browsers/{id}", { params: { path: { id } } }));

export function useContacts() {
  const contacts = useQuery({ queryKey: KEY, queryFn: load });
  const digest = useQuery({ queryKey: [...KEY, "own"], queryFn: ownDigest });
  const ability = pushAbility();
  /** This browser in the platform's list; null where it is not told. */
  const here = computed(() => contacts.data.value?.browsers.find((one) => one.endpoint_sha256 === digest.data.value) ?? null);

  const start = useMutation({
    mutationFn: async () => {
      const { push_key } = await queries.fetchQuery({ queryKey: KEY, queryFn: load });
      const made = push_key ? await subscribe(push_key) : null;
      if (!made) throw new PermissionRefused();
      await unwrap(api.POST("/api/contacts/browsers", { body: made }));
    },
    onSettled: refresh,
  });
  const stop = useMutation({
    mutationFn: async (id: string) => {
      if (id === here.value?.id) await unsubscribe();
      await forget(id);
    },
    onSettled: refresh,
  });
  return { contacts, ability, here, start, stop, refresh };
}

async function leave(): Promise<void> {
  const digest = await ownDigest();
  if (digest === null) return;
  const own = (await load()).browsers.find((one) => one.endpoint_sha256 === digest);
  if (!own) return;
  await unsubscribe();
  await forget(own.id);
}

/** Who signs out by hand at a desk leaves nothing that rings there in their name. Signing out goes on whatever becomes of it. */
export async function leaveThisBrowser(): Promise<void> {
  await leave().catch(() => undefined);
}
