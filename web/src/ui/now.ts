// One ticking clock for all running counts on screen.
import { onScopeDispose, readonly, ref } from "vue";
import { serverNow } from "@/api/client";

const TICK_MS = 500;
const now = ref(serverNow());
let users = 0;
let timer: number | undefined;

/** The server's time in ms, refreshed twice a second while anybody looks. */
export function useNow() {
  if (users === 0) timer = window.setInterval(() => (now.value = serverNow()), TICK_MS);
  users += 1;
  now.value = serverNow();
  onScopeDispose(() => {
    users -= 1;
    if (users === 0) window.clearInterval(timer);
  });
  return readonly(now);
}
