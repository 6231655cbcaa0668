// Writes src/api/schema.d.ts from the server's OpenAPI document (first argument, or ../api/openapi.json).
// `--check` only compares, for the freshness check of generated files.
import openapiTS, { astToString } from "openapi-typescript";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const given = process.argv.slice(2);
const check = given.includes("--check");
const source = resolve(import.meta.dirname, "..", given.find((a) => !a.startsWith("--")) ?? "../api/openapi.json");
const target = resolve(import.meta.dirname, "../src/api/schema.d.ts");

if (!existsSync(source)) {
  console.error(`generate: no OpenAPI document at ${source}`);
  process.exit(1);
}
const header = "// Generated from api/openapi.json by `npm run generate`. Never edited by hand.\n\n";
// Calls are named by path here; operation names would only have to be unique, and double the output.
const document = JSON.parse(readFileSync(source, "utf8"));
for (const item of Object.values(document.paths)) for (const operation of Object.values(item)) delete operation.operationId;
const text = header + astToString(await openapiTS(document));
if (check) {
  const same = existsSync(target) && readFileSync(target, "utf8") === text;
  console.log(same ? "generate: src/api/schema.d.ts is fresh" : "generate: src/api/schema.d.ts is stale, run npm run generate");
  process.exit(same ? 0 : 1);
}
writeFileSync(target, text);
console.log(`generate: wrote ${target}`);
