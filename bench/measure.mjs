// The measures behind docs/reference/performance.md. Simulated cameras run in a process of their own, so that drawing and
// sending pictures is not counted as the platform's work.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { watchForCards } from "./browser.mjs";
import { Person, Process, freePort, pause } from "./product.mjs";
import { writePage } from "./page.mjs";
import { quantile } from "./numbers.mjs";

const SCENES = 4; // the simulator goes round this many; the first one burns
const CAMERAS_BUSY = 16;
const CAMERAS_BURNING = 12;
const CAMERAS_IDLE = 4;
const ROUNDS = 3;
const ROUND_LIMIT_MS = 120_000;
const IDLE_SETTLE_MS = 60_000;
const REQUESTS = 300;
const START_LIMIT_MS = 120_000;

const binary = resolve(process.argv[2] ?? "target/demo/watchfire");
const folder = mkdtempSync(join(tmpdir(), "watchfire-bench-"));
const data = join(folder, "data");
const say = (text) => console.log(`bench: ${text}`);

async function startServer(environment = {}) {
  const port = await freePort();
  const server = new Process(binary, ["--log-json", "serve", "--data", data, "--listen", `127.0.0.1:${port}`], environment);
  await server.until((line) => line.includes("listens on"), "the server starts", START_LIMIT_MS);
  return { server, url: `http://127.0.0.1:${port}` };
}

/** Fresh one-time links for everybody; the register is filled on the first call. */
function prepare() {
  execFileSync(binary, ["demo", "--prepare-only", "--data", data], { stdio: ["ignore", "ignore", "inherit"] });
  return JSON.parse(readFileSync(join(data, "links.json"), "utf8"));
}

async function startCameras() {
  const port = await freePort();
  const cameras = new Process(binary, ["simulate", "rtsp", "--count", String(CAMERAS_BURNING * SCENES), "--listen", `127.0.0.1:${port}`]);
  const last = `camera${String(CAMERAS_BURNING * SCENES).padStart(3, "0")}`;
  await cameras.until((line) => line.includes(last), "the simulated cameras start", START_LIMIT_MS);
  const urls = cameras.lines.filter((line) => line.startsWith("rtsp://"));
  return { cameras, burning: urls.filter((_, index) => index % SCENES === 0), quiet: urls.filter((_, index) => index % SCENES === 1) };
}

async function addCameras(installer, urls, prefix) {
  const { user } = await installer.get("/api/session");
  const added = [];
  for (const [index, address] of urls.entries()) {
    const camera = { unit_id: user.scope.id, name: `${prefix} ${index + 1}`, place_type: "teaching_corridor", address, watch_enabled: true };
    added.push(await installer.ask("POST", "/api/cameras", camera));
  }
  return added;
}

/** Idle memory and processor share with a few quiet cameras, then the statistics page on the whole register. */
async function measureIdle({ quiet }) {
  const links = prepare();
  const { server, url } = await startServer();
  const installer = await Person.enter(url, links.installer);
  const cameras = await addCameras(installer, quiet.slice(0, CAMERAS_IDLE), "idle");
  say(`${CAMERAS_IDLE} quiet cameras, settling ${IDLE_SETTLE_MS / 1000} s`);
  await pause(IDLE_SETTLE_MS / 2);
  const [before_s, before_ms] = [server.cpu_s(), Date.now()];
  await pause(IDLE_SETTLE_MS / 2);
  const cpu_share = ((server.cpu_s() - before_s) * 1000) / (Date.now() - before_ms);
  const memory = server.memory();
  const online = (await installer.get("/api/cameras")).items.filter((camera) => camera.state === "online").length;
  for (const camera of cameras) await installer.ask("DELETE", `/api/cameras/${camera.id}`);

  const province = await Person.enter(url, links.province);
  const figures = {};
  for (const path of ["/api/overview", "/api/snapshots/latest/figures?measure=connection", "/api/units?limit=50"]) {
    figures[path] = await timeRequests(province, path);
  }
  const units = (await province.get("/api/overview")).units.should;
  await server.stop();
  return { memory, cpu_share, online, figures, units };
}

async function timeRequests(person, path) {
  const times_ms = [];
  for (let number = 0; number < REQUESTS; number += 1) {
    const started = performance.now();
    await person.get(path);
    times_ms.push(performance.now() - started);
  }
  return { p50: quantile(times_ms, 0.5), p95: quantile(times_ms, 0.95), count: times_ms.length };
}

/** From key frame to committed row, and from row to card, with every camera busy. */
async function measureAlarms({ burning, quiet }) {
  const links = prepare();
  const { server, url } = await startServer();
  const installer = await Person.enter(url, links.installer);
  const guard = await Person.enter(url, links.duty_guard);
  const browser = await watchForCards(links.unit.replace(/^http:\/\/[^/]+/, url));
  const urls = [...burning, ...quiet.slice(0, CAMERAS_BUSY - burning.length)];
  let [looks, cpu_s] = [0, 0];
  for (let round = 1; round <= ROUNDS; round += 1) {
    say(`round ${round} of ${ROUNDS}: ${urls.length} cameras, ${burning.length} of them will burn`);
    const before_s = server.cpu_s();
    const cameras = await addCameras(installer, urls, `round ${round}`);
    await everyFireRaised(server, cameras.slice(0, burning.length));
    for (const { id } of cameras) looks += (await installer.get(`/api/cameras/${id}`)).health.looks;
    cpu_s += server.cpu_s() - before_s;
    for (const { id } of cameras) await installer.ask("DELETE", `/api/cameras/${id}`);
  }
  await pause(2000);
  const raised = raisedAlarms(server);
  const alarms = new Map();
  for (let after = ""; after !== null; ) {
    const page = await guard.get(`/api/alarms?state=all&limit=200${after && `&after=${encodeURIComponent(after)}`}`);
    for (const alarm of page.items) alarms.set(alarm.id, alarm);
    after = page.next;
  }
  const seen = await browser.seen();
  await browser.stop();
  await server.stop();

  const frame_to_row_ms = [];
  const row_to_card_ms = [];
  for (const { id, committed_ms, latency_ms } of raised) {
    const pushed_ms = Date.parse(alarms.get(id).times.pushed_at);
    frame_to_row_ms.push(latency_ms + committed_ms - pushed_ms);
    if (seen[id]) row_to_card_ms.push(seen[id] - pushed_ms);
  }
  return { frame_to_row_ms, row_to_card_ms, missed: raised.length - row_to_card_ms.length, cameras: urls.length, looks, cpu_s };
}

/** The log line is written right after the commit; `latency_ms` in it ends where `pushed_at` was taken, just before. */
function raisedAlarms(server) {
  const raised = [];
  for (const line of server.lines) {
    if (!line.includes("alarm raised")) continue;
    const { timestamp, fields } = JSON.parse(line);
    raised.push({ id: fields.alarm, camera: fields.camera, committed_ms: Date.parse(timestamp), latency_ms: fields.latency_ms });
  }
  return raised;
}

async function everyFireRaised(server, cameras) {
  const end_ms = Date.now() + ROUND_LIMIT_MS;
  const wanted = new Set(cameras.map((camera) => camera.id));
  while (Date.now() < end_ms) {
    const told = new Set(raisedAlarms(server).map((alarm) => alarm.camera));
    if ([...wanted].every((id) => told.has(id))) return;
    await pause(1000);
  }
  say("not every fire became an alarm in this round");
}

const site = await startCameras();
try {
  const idle = await measureIdle(site);
  const alarms = await measureAlarms(site);
  writePage({ idle, alarms, binary });
} finally {
  await site.cameras.stop();
  rmSync(folder, { recursive: true, force: true });
}
