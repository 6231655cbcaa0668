// Pages. The hash router lets the server answer every address with the one index.html it embeds.
import { createRouter, createWebHashHistory, type RouteRecordRaw } from "vue-router";
import { api, unwrap } from "@/api/client";
import { page } from "./language";
import { homeOf } from "./menu";
import { knownMe } from "./session";

declare module "vue-router" {
  interface RouteMeta {
    /** Reachable without being signed in. */
    open?: boolean;
  }
}

const frame = page(() => import("./ShellFrame.vue"));

const routes: RouteRecordRaw[] = [
  { path: "/login", name: "login", meta: { open: true }, component: page(() => import("@/features/entry/LoginPage.vue")) },
  { path: "/setup", name: "setup", meta: { open: true }, component: page(() => import("@/features/entry/SetupPage.vue")) },
  { path: "/enter/:token", name: "enter", meta: { open: true }, component: page(() => import("@/features/entry/EnterPage.vue")), props: true },
  { path: "/verify/:key(.*)?", name: "verify", meta: { open: true }, component: page(() => import("@/features/verify/VerifyPage.vue"), "bulletins"), props: (to) => ({ key_text: String(to.params["key"] ?? "") }) },
  { path: "/apply", name: "apply", meta: { open: true }, component: page(() => import("@/features/apply/ApplyPage.vue"), "organisations", "organisationFiles") },
  { path: "/seat", name: "seat", component: page(() => import("@/features/duty/SeatPage.vue"), "drills", "duty", "rollCalls") },
  {
    path: "/",
    component: frame,
    children: [
      { path: "", name: "home", component: page(() => import("@/features/entry/NothingHere.vue")) },
      { path: "overview", name: "overview", component: page(() => import("@/features/overview/OverviewPage.vue")) },
      { path: "alarms/:id?", name: "alarms", component: page(() => import("@/features/alarms/DeskPage.vue"), "facilities", "ladder", "notices", "orders", "quiet", "recordings"), props: true },
      { path: "quality", name: "quality", component: page(() => import("@/features/quality/QualityPage.vue"), "quality", "quiet") },
      { path: "silences", name: "silences", component: page(() => import("@/features/silences/SilencesPage.vue"), "quality", "quiet", "recordings") },
      { path: "escalations", name: "escalations", component: page(() => import("@/features/escalations/EscalationsPage.vue"), "ladder", "quiet") },
      { path: "notices", name: "notices", component: page(() => import("@/features/notices/NoticesPage.vue"), "notices") },
      { path: "notices/:id", name: "notice", component: page(() => import("@/features/notices/NoticePage.vue"), "ladder", "notices"), props: true },
      { path: "organisations", name: "organisations", component: page(() => import("@/features/organisations/OrganisationsPage.vue"), "organisations", "organisationFiles") },
      { path: "organisations/censuses/:id", name: "census", component: page(() => import("@/features/organisations/CensusPage.vue"), "organisations", "organisationFiles"), props: true },
      { path: "ledger", name: "ledger", component: page(() => import("@/features/ledger/LedgerPage.vue"), "ledger") },
      { path: "organisations/:id", name: "organisation", component: page(() => import("@/features/organisations/OrganisationPage.vue"), "organisations", "organisationFiles"), props: true },
      { path: "duty", name: "duty", component: page(() => import("@/features/duty/DutyPage.vue"), "duty", "organisations") },
      { path: "duty/:id", name: "dutyRoom", component: page(() => import("@/features/duty/RoomPage.vue"), "duty", "organisations"), props: true },
      { path: "roll-calls", name: "rollCalls", component: page(() => import("@/features/rollcalls/RollCallsPage.vue"), "organisations", "rollCalls") },
      { path: "roll-calls/rounds/:id", name: "rollCallRound", component: page(() => import("@/features/rollcalls/RoundPage.vue"), "rollCalls"), props: true },
      { path: "drills", name: "drills", component: page(() => import("@/features/drills/DrillsPage.vue"), "drills", "recordings", "rollCalls") },
      { path: "patrol", name: "patrol", component: page(() => import("@/features/patrol/PatrolPage.vue"), "devices", "recordings", "zones") },
      { path: "units", name: "units", component: page(() => import("@/features/units/UnitsPage.vue"), "figures") },
      { path: "units/:id", name: "unit", component: page(() => import("@/features/units/UnitPage.vue"), "devices", "figures", "ledger", "organisationFiles", "organisations", "recordings", "zones"), props: true },
      { path: "cameras", name: "cameras", component: page(() => import("@/features/cameras/CamerasPage.vue"), "recordings", "zones") },
      { path: "cameras/survey", name: "survey", component: page(() => import("@/features/survey/SurveyPage.vue"), "recordings", "survey") },
      { path: "cameras/:id/zones", name: "zones", component: page(() => import("@/features/zones/ZonesPage.vue"), "zones"), props: true },
      { path: "recordings", name: "recordings", component: page(() => import("@/features/recordings/RecordingsPage.vue"), "recordings") },
      { path: "lookups", name: "lookups", component: page(() => import("@/features/lookups/LookupsPage.vue"), "devices", "recordings") },
      { path: "storage", name: "storage", component: page(() => import("@/features/storage/StoragePage.vue"), "recordings") },
      { path: "devices", name: "devices", component: page(() => import("@/features/devices/DevicesPage.vue"), "devices") },
      { path: "devices/:id", name: "device", component: page(() => import("@/features/devices/DevicePage.vue"), "devices", "notices", "recordings"), props: true },
      { path: "facilities", name: "facilities", component: page(() => import("@/features/facilities/FacilitiesPage.vue"), "devices", "facilities") },
      { path: "facilities/:id", name: "facility", component: page(() => import("@/features/facilities/FacilityPage.vue"), "facilities"), props: true },
      { path: "uppers", name: "uppers", component: page(() => import("@/features/uppers/UppersPage.vue"), "devices", "uppers") },
      { path: "uppers/:id", name: "upper", component: page(() => import("@/features/uppers/UpperPage.vue"), "devices", "uppers"), props: true },
      { path: "progress", name: "progress", component: page(() => import("@/features/progress/ProgressPage.vue"), "figures") },
      { path: "figures", name: "figures", component: page(() => import("@/features/figures/FiguresPage.vue"), "figures") },
      { path: "figures/compare/:from/:to", name: "compare", component: page(() => import("@/features/figures/ComparePage.vue"), "figures"), props: true },
      { path: "bulletins", name: "bulletins", component: page(() => import("@/features/bulletins/BulletinsPage.vue"), "bulletins", "figures") },
      { path: "bulletins/:id", name: "bulletin", component: page(() => import("@/features/bulletins/BulletinPage.vue"), "bulletins", "figures"), props: true },
      { path: "inbox", name: "inbox", component: page(() => import("@/features/bulletins/InboxPage.vue"), "bulletins") },
      { path: "lint", name: "lint", component: page(() => import("@/features/lint/LintPage.vue"), "bulletins") },
      { path: "audit", name: "audit", component: page(() => import("@/features/audit/AuditPage.vue")) },
      { path: "system", name: "system", component: page(() => import("@/features/system/SystemPage.vue"), "bulletins", "ladder", "quiet") },
      { path: "contacts", name: "contacts", component: page(() => import("@/features/contacts/ContactsPage.vue"), "contacts") },
      { path: "password", name: "password", component: page(() => import("@/features/entry/PasswordPage.vue")) },
      { path: ":rest(.*)*", name: "nothing", component: page(() => import("@/features/entry/NothingHere.vue")) },
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
