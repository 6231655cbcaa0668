// Budgets of the built client in gzip bytes: what the shell loads, and what the heaviest pages add to it with the words they speak.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";

const KB = 1024;
const SHELL_JS_KB_MAX = 150;
const PAGE_JS_KB_MAX = 150;
const LIST_PAGES = [
  "src/features/units/UnitsPage.vue", "src/features/cameras/CamerasPage.vue", "src/features/survey/SurveyPage.vue", "src/features/zones/ZonesPage.vue", "src/features/devices/DevicesPage.vue", "src/features/devices/DevicePage.vue", "src/features/uppers/UppersPage.vue", "src/features/audit/AuditPage.vue", "src/features/organisations/OrganisationsPage.vue", "src/features/organisations/OrganisationPage.vue", "src/features/rollcalls/RollCallsPage.vue", "src/features/rollcalls/RoundPage.vue", "src/features/drills/DrillsPage.vue",
  "src/features/recordings/RecordingsPage.vue", "src/features/lookups/LookupsPage.vue", "src/features/storage/StoragePage.vue", "src/features/bulletins/BulletinsPage.vue", "src/features/bulletins/BulletinPage.vue", "src/features/figures/FiguresPage.vue", "src/features/verify/VerifyPage.vue",
];

const dist = resolve(import.meta.dirname, "../dist");
const manifest = JSON.parse(readFileSync(resolve(dist, ".vite/manifest.json"), "utf8"));

function closure(key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of manifest[key]?.imports ?? []) closure(next, found);
  return found;
}
const bytes = (keys) => [...keys].reduce((sum, key) => sum + gzipSync(readFileSync(resolve(dist, manifest[key].file)), { level: 9 }).length, 0);

const router = readFileSync(resolve(import.meta.dirname, "../src/app/router.ts"), "utf8");
/** The Chinese words the router fetches with a page. */
function wordsOf(page) {
  const named = router.split("\n").find((line) => line.includes(`@/${page.slice("src/".length)}`)) ?? "";
  const sections = [...(named.match(/import\("[^"]+"\)((?:, "[a-z]+")*)/)?.[1] ?? "").matchAll(/"([a-z]+)"/g)];
  return sections.map(([, name]) => `src/locales/zh${name[0].toUpperCase()}${name.slice(1)}.ts`);
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
// The shell is the entry, the signed-in frame and one language.
const shell = closure(entry);
for (const key of ["src/app/ShellFrame.vue", "src/locales/zh.ts"]) closure(key, shell);
let failed = 0;
function report(name, size, limit_kb) {
  const over = size > limit_kb * KB;
  failed += over ? 1 : 0;
  console.log(`size: ${name} ${(size / KB).toFixed(1)} KB gzip (budget ${limit_kb})${over ? " OVER" : ""}`);
}
report("shell", bytes(shell), SHELL_JS_KB_MAX);
for (const page of LIST_PAGES) {
  const keys = closure(page);
  for (const words of wordsOf(page)) closure(words, keys);
  const extra = [...keys].filter((key) => !shell.has(key));
  report(page.replace("src/features/", ""), bytes(extra), PAGE_JS_KB_MAX);
}
process.exit(failed === 0 ? 0 : 1);
