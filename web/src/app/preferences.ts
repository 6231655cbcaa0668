// What a person prefers on this machine: language, light or dark, sound. Kept in the browser; nothing secret goes here.
import { ref, watch, type Ref } from "vue";

export type Language = "zh" | "en";
export type Theme = "light" | "dark";

function kept<Value extends string>(name: string, first: Value, allowed: readonly Value[]): Ref<Value> {
  const key = `watchfire.${name}`;
  const stored = allowed.find((value) => value === localStorage.getItem(key));
  const value = ref(stored ?? first) as Ref<Value>;
  watch(value, (now) => localStorage.setItem(key, now));
  return value;
}

export const language = kept<Language>("language", "zh", ["zh", "en"]);
export const theme = kept<Theme>("theme", "light", ["light", "dark"]);
export const sound = kept<"on" | "off">("sound", "on", ["on", "off"]);
