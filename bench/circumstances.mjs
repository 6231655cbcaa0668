// Where and when something was measured, as the pages of figures say it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

function machine() {
  const system = readFileSync("/etc/os-release", "utf8").match(/PRETTY_NAME="(.*)"/)?.[1] ?? process.platform;
  const kind = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${cpus().length} × ${kind}, ${Math.round(totalmem() / 1e9)} GB of memory, ${system}`;
}

function commit() {
  const short = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const changed = execFileSync("git", ["status", "--porcelain", "--untracked-files=no"], { encoding: "utf8" }).trim() !== "";
  return changed ? `${short} with changes` : short;
}

/** Three lines of Markdown: machine, day with commit and load, build. */
export function circumstances() {
  return [
    `- Machine: ${machine()}`,
    `- Date: ${new Date().toISOString().slice(0, 10)}; commit ${commit()}; load of the machine during the last 15 minutes: ${loadavg()[2].toFixed(1)}`,
    "- Build: profile `demo` (optimised, without link-time optimisation)",
  ].join("\n");
}
