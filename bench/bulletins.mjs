// The measures behind docs/reference/performance-bulletins.md: snapshots, figures, documents and the linter, for the synthetic register
// and for ten times as many units. Each program prints what it measured; the best of a few runs counts, since other work on the
// machine only ever adds time.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { circumstances } from "./circumstances.mjs";

const RUNS = 3;
const TEN_TIMES = "10";
const programs = resolve(process.argv[2]);
const notice = resolve(import.meta.dirname, "../crates/domain/tests/lint/notice.txt");
const page = resolve(import.meta.dirname, "../docs/reference/performance-bulletins.md");
const folder = mkdtempSync(join(tmpdir(), "watchfire-bench-"));

/** Milliseconds by name, as `name: 12 ms` or `name 12.5 ms` stand in the lines; of equal names the least. */
function times(lines) {
  const found = new Map();
  for (const [, name, ms] of lines.matchAll(/([A-Za-z][A-Za-z ]*?):? (\d+(?:\.\d+)?) ms/g)) {
    found.set(name.trim(), Math.min(found.get(name.trim()) ?? Infinity, Number(ms)));
  }
  return found;
}

function best(program, words) {
  const least = new Map();
  let text = "";
  for (let run = 0; run < RUNS; run += 1) {
    text = execFileSync(join(programs, "examples", program), words, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    for (const [name, ms] of times(text)) least.set(name, Math.min(least.get(name) ?? Infinity, ms));
    console.log(`bench: ${program} ${words.join(" ")}, run ${run + 1} of ${RUNS}`);
  }
  return { least, text };
}

/** The part of an output that belongs to so many units: these programs measure both sizes in one run. */
function bySize(program, runs) {
  const parts = { one: new Map(), ten: new Map() };
  for (let run = 0; run < runs; run += 1) {
    const text = execFileSync(join(programs, "examples", program), [], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    console.log(`bench: ${program}, run ${run + 1} of ${runs}`);
    const [, one, ten] = text.split(/^\d+ units/m);
    for (const [part, lines] of [["one", one], ["ten", ten]]) {
      for (const [name, ms] of times(lines)) parts[part].set(name, Math.min(parts[part].get(name) ?? Infinity, ms));
    }
  }
  return parts;
}

function lintTime() {
  let least = Infinity;
  for (let run = 0; run < 10 * RUNS; run += 1) {
    const started = performance.now();
    try {
      execFileSync(join(programs, "watchfire"), ["bulletin", "lint", notice, "--json"], { stdio: "ignore" });
    } catch (ended) {
      if (ended.status !== 1) throw ended; // 1: it found something, as it should
    }
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

const shown = (ms) => (ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

function row(what, promised, one, ten) {
  const growth = ten === undefined ? ["", ""] : [shown(ten), `${(ten / one).toFixed(1)} ×`];
  return `| ${[what, promised, shown(one), ...growth].join(" | ")} |`;
}

try {
  const snapshots = bySize("snapshot_speed", 1);
  const figures = bySize("bulletin_speed", RUNS);
  const once = best("print_bulletin", [folder]);
  const ten = best("print_bulletin", [folder, TEN_TIMES]);
  const ofNow = (part) => Math.min(part.get("snapshot of now"), part.get("the same again"));
  const written = (part) => ["annexes", "figures and text", "proof"].reduce((sum, name) => sum + part.get(name), 0);
  const table = [
    row("snapshot of a register with a year of changes", "≤ 5 s", ofNow(snapshots.one), ofNow(snapshots.ten)),
    row("snapshot of a past day", "≤ 5 s", snapshots.one.get("snapshot of a past day"), snapshots.ten.get("snapshot of a past day")),
    row("all figures, text, annexes and their proof", "≤ 300 ms", written(figures.one), written(figures.ten)),
    row("whole bulletin as DOCX", "≤ 2 s", once.least.get("docx"), ten.least.get("docx")),
    row("whole bulletin as PDF", "≤ 5 s", once.least.get("pdf"), ten.least.get("pdf")),
    row("whole bulletin as XLSX", "", once.least.get("xlsx"), ten.least.get("xlsx")),
    row("`watchfire bulletin lint` of the published notice, start to end of the program", "≤ 100 ms", lintTime()),
  ].join("\n");
  const rows = once.text.match(/annexes with (\d+) rows/)[1];
  writeFileSync(page, `# Performance of bulletins

Written by \`make bench-bulletins\`; do not edit.

${circumstances()}

| what | promised for one province | one province, 18 847 units | ten times as many | growth |
|---|---|---|---|---|
${table}

How, in \`bench/bulletins.mjs\`: one run of the example \`snapshot_speed\` (\`crates/store\`, SQLite, six versions of every unit and an alarm
for every tenth; filling the database takes minutes), and the best of ${RUNS} runs of \`bulletin_speed\` (\`crates/domain\`) and
\`print_bulletin\` (\`crates/documents\`, ${rows} rows of annexes); of the PDF the faces are
parsed already, as in a server. Promised is that ten times the units take at most twelve times the time.
`);
  console.log(table);
  console.log(`bench: wrote ${page}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
