import { VueQueryPlugin } from "@tanstack/vue-query";
import { createApp } from "vue";
import { onSignedOut } from "@/api/client";
import App from "./App.vue";
import { i18n, useLanguage } from "./language";
import { language } from "./preferences";
import { router } from "./router";
import { queries, sessionGone } from "./session";
import "./style.css";

async function start(): Promise<void> {
  await useLanguage(language.value);
  onSignedOut(async () => {
    if ((await sessionGone()) && router.currentRoute.value.meta.open !== true) await router.push({ name: "login" });
  });
  createApp(App).use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(router).mount("#app");
}

void start();
