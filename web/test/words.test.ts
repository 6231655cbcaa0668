// The words a page speaks are fetched with it: what the files it reaches ask for lies in the frame's words or in a section its route names.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { SECTIONS, type Section } from "@/locales/sections";

const SRC = resolve(import.meta.dirname, "../src");
const ROUTER = join(SRC, "app/router.ts");
/** What is fetched together with its words: pages of the router, and the part of the person menu that is fetched when it is opened. */
const FETCHED = [ROUTER, join(SRC, "app/PersonMenu.vue")];
const TOGETHER = /page\(\(\) => import\("([^"]+)"\)((?:, "[a-z]+")*)\)/g;

function fileOf(from: string, spec: string): string | null {
  const base = spec.startsWith("@/") ? join(SRC, spec.slice(2)) : resolve(dirname(from), spec);
  return [base, `${base}.ts`].find((path) => existsSync(path) && statSync(path).isFile()) ?? null;
}

/** The file and everything it imports, but for what is fetched together with words of its own, and the router, which reaches every page. */
function reached(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || file === ROUTER || file.includes("/locales/")) return found;
  found.add(file);
  for (const [, spec] of readFileSync(file, "utf8").replaceAll(TOGETHER, "").matchAll(/(?:from|import)\s*\(?\s*["']((?:@\/|\.)[^"']+)["']/g)) {
    const next = fileOf(file, spec ?? "");
    if (next) reached(next, found);
  }
  return found;
}

const section_of = new Map<string, Section>();
const words: Record<string, unknown> = {};
for (const [section, load] of Object.entries(SECTIONS)) {
  const section_words = (await load.zh()).default;
  for (const group of Object.keys(section_words)) section_of.set(group, section as Section);
  Object.assign(words, section_words);
}

/** Whether the words know this key, or one that goes on after it, as in `zone.${kind}`. */
function known(path: string[]): boolean {
  let at: unknown = words;
  for (const part of path) at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[part] : undefined;
  return at !== undefined;
}

/** First parts of the keys a file asks for: `t("zone.add")`, `t(\`zone.${kind}\`)`, `local("zone", kind)`, or a key handed on. */
function spoken(file: string): Set<string> {
  const text = readFileSync(file, "utf8");
  const keys = [...text.matchAll(/["'`]([a-zA-Z]+(?:\.[a-zA-Z_]+)*)(?=["'`]|\.?\$\{)/g)].map(([, key]) => (key ?? "").split("."));
  const groups = new Set([...text.matchAll(/\blocal\(["']([a-zA-Z]+)/g)].map(([, group]) => group ?? ""));
  const whole = keys.filter((path) => path.length > 1 && known(path)).map(([group]) => group ?? "");
  const begun = [...text.matchAll(/`([a-zA-Z]+)\.(?:[a-zA-Z_]+\.)*\$\{/g)].map(([, group]) => group ?? "").filter((group) => known([group]));
  return new Set([...groups, ...whole, ...begun]);
}

const routes = FETCHED.flatMap((place) => [...readFileSync(place, "utf8").matchAll(TOGETHER)].map(([, spec, sections]) => ({
  file: fileOf(place, spec ?? "") ?? "",
  named: new Set([...(sections ?? "").matchAll(/"([a-z]+)"/g)].map(([, name]) => name)),
})));

test("the router's pages are found", () => {
  expect(routes.length).toBeGreaterThan(30);
  expect(routes.every((route) => route.file !== "")).toBe(true);
});

test.each(routes.map((route) => [route.file.slice(SRC.length + 1), route] as const))("%s names the sections it speaks, and no others", (_, route) => {
  const needed = new Set([...reached(route.file)].flatMap((file) => [...spoken(file)]).flatMap((group) => section_of.get(group) ?? []));
  expect([...route.named].sort()).toEqual([...needed].sort());
});
