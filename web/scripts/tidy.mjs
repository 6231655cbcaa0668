// House rules no general linter knows: component length, no v-html, no Chinese words outside the locales, no tokens kept in the browser.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const COMPONENT_LINES_MAX = 200;
const root = resolve(import.meta.dirname, "../src");
const problems = [];

for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(vue|ts)$/.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const name = relative(root, path);
  const text = readFileSync(path, "utf8");
  const lines = text.split("\n");
  if (name.endsWith(".vue") && lines.length - 1 > COMPONENT_LINES_MAX) problems.push(`${name}: ${lines.length - 1} lines, at most ${COMPONENT_LINES_MAX}`);
  if (/v-html/.test(text)) problems.push(`${name}: v-html`);
  if (/(local|session)Storage[^\n]*token/i.test(text)) problems.push(`${name}: a token in browser storage`);
  if (name.startsWith("locales") || name.endsWith("schema.d.ts")) continue;
  lines.forEach((line, index) => {
    if (/\p{Script=Han}/u.test(line)) problems.push(`${name}:${index + 1}: words belong in src/locales`);
  });
}
for (const problem of problems) console.error(`tidy: ${problem}`);
console.log(`tidy: ${problems.length === 0 ? "clean" : `${problems.length} problems`}`);
process.exit(problems.length === 0 ? 0 : 1);
