// Writes docs/reference/performance.md: what was measured, against what was promised, on which machine.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { circumstances } from "./circumstances.mjs";
import { quantile } from "./numbers.mjs";

const MB = 1_000_000;
const page = resolve(import.meta.dirname, "../docs/reference/performance.md");

const ms = (value) => (value === null ? "not measured yet" : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`);

function rows({ idle, alarms }) {
  const frame = alarms.frame_to_row_ms;
  const card = alarms.row_to_card_ms;
  const overview = idle.figures["/api/overview"];
  const figures = idle.figures["/api/snapshots/latest/figures?measure=connection"];
  const list = idle.figures["/api/units?limit=50"];
  const both = (values) => `${ms(quantile(values, 0.5))} / ${ms(quantile(values, 0.95))}`;
  const requests = (one) => `${ms(one.p50)} / ${ms(one.p95)}`;
  return [
    [`key frame received → alarm row committed, ${alarms.cameras} cameras, p50 / p95`, both(frame), "≤ 500 ms p95", `${frame.length} alarms`],
    ["alarm row → row drawn in an open browser, p50 / p95", both(card), "≤ 300 ms p95", `${card.length} alarms, ${alarms.missed} not seen`],
    [`statistics page (overview), ${idle.units} units, p50 / p95`, requests(overview), "≤ 50 ms", `${overview.count} requests`],
    ["figures of a snapshot, p50 / p95", requests(figures), "≤ 50 ms", `${figures.count} requests`],
    ["first page of the unit list, p50 / p95", requests(list), "", `${list.count} requests`],
    [`memory resident, ${idle.online} quiet cameras`, `${Math.round(idle.memory.resident / MB)} MB (highest ${Math.round(idle.memory.highest / MB)} MB)`, "≤ 250 MB", "once"],
    [`processor, ${idle.online} quiet cameras`, `${(idle.cpu_share * 100).toFixed(1)} % of one core`, "", "30 s"],
    [`processor time per look, ${alarms.cameras} busy cameras`, alarms.looks ? ms((alarms.cpu_s * 1000) / alarms.looks) : ms(null), "", `${alarms.looks} looks`],
  ];
}

export function writePage(measured) {
  const table = rows(measured).map((row) => `| ${row.join(" | ")} |`).join("\n");
  const text = `# Performance

Written by \`make bench\`; do not edit.

${circumstances()}

| what | measured | promised | of |
|---|---|---|---|
${table}

How, in \`bench/measure.mjs\`:

- The platform runs as \`serve\` on SQLite with the synthetic register; the cameras are simulated ones (640 × 360, a key frame every two seconds) in a process of
  their own on the same machine, whose work is in the machine's load but not in the platform's figures.
- *Key frame → row*: from the arrival of the last packet of the key frame that confirmed the fire to the log line after the commit. Twelve of the cameras burn.
- *Row → browser*: from the alarm's push time, taken just before the commit, to the first animation frame of headless Chromium after its row is in the page.
- *Requests* are whole round trips over loopback, one after the other: an upper bound of server time.
- *Processor time per look* is everything the platform did while the cameras ran (receiving, decoding, judging, writing, serving the browser), divided by the looks.
`;
  writeFileSync(page, text);
  console.log(table);
  console.log(`bench: wrote ${page}`);
}
