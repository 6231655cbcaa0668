// The two languages. Each comes in parts: the words of the frame first, the words of a page with the page. Chinese is the first and
// the fallback is never mixed in silently.
import { createI18n } from "vue-i18n";
import { SECTIONS, type Section } from "@/locales/sections";
import { language, type Language } from "./preferences";

export const i18n = createI18n({ legacy: false, locale: language.value, missingWarn: false, fallbackWarn: false, messages: {} });

type Part = "frame" | Section;

const FRAME = { zh: () => import("@/locales/zh"), en: () => import("@/locales/en") };
const spoken = new Set<Part>(["frame"]);
const known: Record<Language, Set<Part>> = { zh: new Set(), en: new Set() };

async function fetchPart(wanted: Language, part: Part): Promise<void> {
  if (known[wanted].has(part)) return;
  const words = (await (part === "frame" ? FRAME : SECTIONS[part])[wanted]()).default;
  i18n.global.mergeLocaleMessage(wanted, words);
  known[wanted].add(part);
}

/** Shows everything in `wanted`: first its words for every part spoken so far, also by a page that opens meanwhile, then the switch. */
export async function useLanguage(wanted: Language): Promise<void> {
  for (let missing = [...spoken]; missing.length > 0; missing = [...spoken].filter((part) => !known[wanted].has(part))) {
    await Promise.all(missing.map((part) => fetchPart(wanted, part)));
  }
  (i18n.global.locale as unknown as { value: string }).value = wanted;
  language.value = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-CN" : "en";
}

/** A page of the router that comes together with the words it speaks. */
export function page<Component>(load: () => Promise<Component>, ...sections: Section[]): () => Promise<Component> {
  return async () => {
    for (const section of sections) spoken.add(section);
    const [component] = await Promise.all([load(), ...sections.map((section) => fetchPart(language.value, section))]);
    return component;
  };
}
