// Pages. The hash router lets the server answer every address with the one index.html it embeds.
import { createRouter, createWebHashHistory, type RouteRecordRaw } from "vue-router";
import { api, unwrap } from "@/api/client";
import { homeOf } from "./menu";
import { knownMe } from "./session";

declare module "vue-router" {
  interface RouteMeta {
    /** Reachable without being signed in. */
    open?: boolean;
  }
}

const frame = () => import("./ShellFrame.vue");

const routes: RouteRecordRaw[] = [
  { path: "/login", name: "login", meta: { open: true }, component: () => import("@/features/entry/LoginPage.vue") },
  { path: "/setup", name: "setup", meta: { open: true }, component: () => import("@/features/entry/SetupPage.vue") },
  { path: "/enter/:token", name: "enter", meta: { open: true }, component: () => import("@/features/entry/EnterPage.vue"), props: true },
  { path: "/verify/:key(.*)?", name: "verify", meta: { open: true }, component: () => import("@/features/verify/VerifyPage.vue"), props: (to) => ({ key_text: String(to.params["key"] ?? "") }) },
  {
    path: "/",
    component: frame,
    children: [
      { path: "", name: "home", component: () => import("@/features/entry/NothingHere.vue") },
      { path: "overview", name: "overview", component: () => import("@/features/overview/OverviewPage.vue") },
      { path: "alarms/:id?", name: "alarms", component: () => import("@/features/alarms/DeskPage.vue"), props: true },
      { path: "quality", name: "quality", component: () => import("@/features/quality/QualityPage.vue") },
      { path: "silences", name: "silences", component: () => import("@/features/silences/SilencesPage.vue") },
      { path: "escalations", name: "escalations", component: () => import("@/features/escalations/EscalationsPage.vue") },
      { path: "notices", name: "notices", component: () => import("@/features/notices/NoticesPage.vue") },
      { path: "notices/:id", name: "notice", component: () => import("@/features/notices/NoticePage.vue"), props: true },
      { path: "patrol", name: "patrol", component: () => import("@/features/patrol/PatrolPage.vue") },
      { path: "units", name: "units", component: () => import("@/features/units/UnitsPage.vue") },
      { path: "units/:id", name: "unit", component: () => import("@/features/units/UnitPage.vue"), props: true },
      { path: "cameras", name: "cameras", component: () => import("@/features/cameras/CamerasPage.vue") },
      { path: "cameras/survey", name: "survey", component: () => import("@/features/survey/SurveyPage.vue") },
      { path: "cameras/:id/zones", name: "zones", component: () => import("@/features/zones/ZonesPage.vue"), props: true },
      { path: "recordings", name: "recordings", component: () => import("@/features/recordings/RecordingsPage.vue") },
      { path: "lookups", name: "lookups", component: () => import("@/features/lookups/LookupsPage.vue") },
      { path: "storage", name: "storage", component: () => import("@/features/storage/StoragePage.vue") },
      { path: "devices", name: "devices", component: () => import("@/features/devices/DevicesPage.vue") },
      { path: "devices/:id", name: "device", component: () => import("@/features/devices/DevicePage.vue"), props: true },
      { path: "facilities", name: "facilities", component: () => import("@/features/facilities/FacilitiesPage.vue") },
      { path: "facilities/:id", name: "facility", component: () => import("@/features/facilities/FacilityPage.vue"), props: true },
      { path: "uppers", name: "uppers", component: () => import("@/features/uppers/UppersPage.vue") },
      { path: "uppers/:id", name: "upper", component: () => import("@/features/uppers/UpperPage.vue"), props: true },
      { path: "progress", name: "progress", component: () => import("@/features/progress/ProgressPage.vue") },
      { path: "figures", name: "figures", component: () => import("@/features/figures/FiguresPage.vue") },
      { path: "figures/compare/:from/:to", name: "compare", component: () => import("@/features/figures/ComparePage.vue"), props: true },
      { path: "bulletins", name: "bulletins", component: () => import("@/features/bulletins/BulletinsPage.vue") },
      { path: "bulletins/:id", name: "bulletin", component: () => import("@/features/bulletins/BulletinPage.vue"), props: true },
      { path: "inbox", name: "inbox", component: () => import("@/features/bulletins/InboxPage.vue") },
      { path: "lint", name: "lint", component: () => import("@/features/lint/LintPage.vue") },
      { path: "audit", name: "audit", component: () => import("@/features/audit/AuditPage.vue") },
      { path: "system", name: "system", component: () => import("@/features/system/SystemPage.vue") },
      { path: "password", name: "password", component: () => import("@/features/entry/PasswordPage.vue") },
      { path: ":rest(.*)*", name: "nothing", component: () => import("@/features/entry/NothingHere.vue") },
    ],
  },
];

export const router = createRouter({ history: createWebHashHistory(), routes });

async function setupNeeded(): Promise<boolean> {
  return unwrap(api.GET("/api/setup")).then((answer) => answer.needed, () => false);
}

router.beforeEach(async (to) => {
  if (to.meta.open === true) return true;
  const me = await knownMe().catch(() => null);
  if (!me) return (await setupNeeded()) ? { name: "setup" } : { name: "login", query: to.path === "/" ? {} : { to: to.fullPath } };
  if (to.name === "home") return homeOf(me.capabilities);
  return true;
});
