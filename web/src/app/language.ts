// The two languages. Each is its own chunk; Chinese is the first and the fallback is never mixed in silently.
import { createI18n } from "vue-i18n";
import type zh from "@/locales/zh";
import { language, type Language } from "./preferences";

type Messages = typeof zh;

export const i18n = createI18n({ legacy: false, locale: language.value, missingWarn: false, fallbackWarn: false, messages: {} });

const loaders: Record<Language, () => Promise<{ default: Messages }>> = {
  zh: () => import("@/locales/zh"),
  en: () => import("@/locales/en"),
};

export async function useLanguage(wanted: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(wanted as never)) {
    const words = (await loaders[wanted]()).default;
    i18n.global.setLocaleMessage(wanted, words as never);
  }
  (i18n.global.locale as unknown as { value: string }).value = wanted;
  language.value = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-CN" : "en";
}
