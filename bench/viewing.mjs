#!/usr/bin/env node
// What viewers, clips and exports of a 2 Mbit/s camera (1080p25, a key picture every two seconds) cost the platform.
//
//   bench/viewing.mjs [target/demo/watchfire]
//
// One camera is recorded and watched by one viewer over a WebSocket, then by a crowd; the difference is what a viewer costs. Afterwards
// clips of ten seconds are asked for at random places, and everything recorded is exported as it is. Camera and viewers run in
// processes of their own, so only the platform's work is counted. Takes six minutes; leave the machine alone meanwhile.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { quantile } from "./numbers.mjs";
import { Person, Process, freePort, pause } from "./product.mjs";

const VIEWERS = 20; // as many as one account may open
const SETTLE_MS = 5_000;
const MEASURE_MS = 60_000;
const CLIPS = 200;
const CLIP_MS = 10_000;
const ROUNDS = 2;
const START_LIMIT_MS = 120_000;

/** Takes live pictures and throws them away; says how many bytes came when its input ends. */
function beViewers(url, path, cookie, count) {
  let bytes = 0;
  for (let viewer = 0; viewer < count; viewer += 1) {
    const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": "d2F0Y2hmaXJlLXZpZXdlcg==", origin: url, cookie };
    const asked = request(url + path, { headers });
    asked.on("upgrade", (_, socket) => socket.on("data", (part) => (bytes += part.length)));
    asked.on("response", (answer) => {
      console.error(`viewer refused: ${answer.statusCode}`);
      process.exit(1);
    });
    asked.end();
  }
  process.stdin.on("end", () => {
    console.log(bytes);
    process.exit(0);
  });
  process.stdin.resume();
}

function makeClip(folder) {
  const path = join(folder, "main.h264");
  const rate = "-b:v 2000k -minrate 2000k -maxrate 2000k -bufsize 4000k -g 50 -keyint_min 50 -sc_threshold 0 -bf 0";
  execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=25", "-t", "30", "-vf", "noise=alls=6:allf=t",
    "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", ...rate.split(" "), "-x264-params", "nal-hrd=cbr", "-f", "h264", path]);
  return path;
}

/** Seconds of the processor that the server used while so many looked on for a minute, and the bytes they were sent. */
async function watchedBy(count, { server, url, person, camera }) {
  const viewers = spawn(process.execPath, [fileURLToPath(import.meta.url), "--view", url, `/api/cameras/${camera.id}/live`, person.cookie, String(count)],
    { stdio: ["pipe", "pipe", "inherit"] });
  let told = "";
  viewers.stdout.on("data", (part) => (told += part));
  const ended = new Promise((done) => viewers.once("exit", done));
  await pause(SETTLE_MS);
  const [before_s, began_ms] = [server.cpu_s(), Date.now()];
  await pause(MEASURE_MS);
  const minutes = (Date.now() - began_ms) / 60_000;
  const cpu_s = (server.cpu_s() - before_s) / minutes;
  viewers.stdin.end();
  await ended;
  if (!Number(told)) throw new Error("no viewer got a picture");
  return { cpu_s, mbit_s: (Number(told) * 8) / 1e6 / count / (minutes * 60 + SETTLE_MS / 1000) };
}

/** From the request to the first bytes of a clip, once the grant is there. */
async function clipTimes({ url, person, camera }, from_ms, to_ms) {
  const span = { from: new Date(from_ms).toISOString(), to: new Date(to_ms).toISOString() };
  const { grant } = await person.ask("POST", "/api/lookups", { camera_id: camera.id, ...span, kind: "playback", reason: "maintenance" });
  const times_ms = [];
  let bytes = 0;
  for (let number = 0; number < CLIPS; number += 1) {
    const start_ms = from_ms + Math.floor(Math.random() * (to_ms - from_ms - CLIP_MS));
    const query = new URLSearchParams({ grant, from: new Date(start_ms).toISOString(), to: new Date(start_ms + CLIP_MS).toISOString() });
    const began = performance.now();
    const answer = await fetch(`${url}/api/cameras/${camera.id}/recording.mp4?${query}`, { headers: { cookie: person.cookie } });
    const reader = answer.body.getReader();
    const first = await reader.read();
    times_ms.push(performance.now() - began);
    if (!answer.ok) throw new Error(`clip: ${answer.status} ${Buffer.from(first.value).toString()}`);
    for (let part = first; !part.done; part = await reader.read()) bytes += part.value.length;
  }
  return { p50: quantile(times_ms, 0.5), p95: quantile(times_ms, 0.95), kib: Math.round(bytes / CLIPS / 1024) };
}

/** How many times faster than it was recorded a stretch is written as an export, without the wait for its turn. */
async function exported({ person, camera }, from_ms, to_ms) {
  const span = { from: new Date(from_ms).toISOString(), to: new Date(to_ms).toISOString() };
  const asked = await person.ask("POST", `/api/cameras/${camera.id}/exports`, { ...span, reason: "maintenance" });
  for (;;) {
    const row = await person.get(`/api/exports/${asked.id}`);
    if (row.state === "done") {
      const took_ms = Date.parse(row.ended_at) - Date.parse(row.started_at);
      return { recorded_s: (to_ms - from_ms) / 1000, took_ms, bytes: row.size_bytes };
    }
    if (row.state === "failed") throw new Error(`export: ${row.error}`);
    await pause(50);
  }
}

async function main(binary) {
  const folder = mkdtempSync(join(tmpdir(), "watchfire-viewing-"));
  const running = [];
  try {
    const video = makeClip(folder);
    const [camera_port, port] = [await freePort(), await freePort()];
    const cameras = new Process(binary, ["simulate", "rtsp", "--count", "1", "--listen", `127.0.0.1:${camera_port}`, "--video", video]);
    running.push(cameras);
    await cameras.until((line) => line.startsWith("rtsp://"), "the camera starts", START_LIMIT_MS);
    const data = join(folder, "data");
    execFileSync(binary, ["demo", "--prepare-only", "--data", data], { stdio: ["ignore", "ignore", "inherit"] });
    const links = JSON.parse(readFileSync(join(data, "links.json"), "utf8"));
    const server = new Process(binary, ["--log-json", "serve", "--data", data, "--listen", `127.0.0.1:${port}`]);
    running.push(server);
    await server.until((line) => line.includes("listens on"), "the server starts", START_LIMIT_MS);
    const url = `http://127.0.0.1:${port}`;
    const person = await Person.enter(url, links.unit);
    const installer = await Person.enter(url, links.installer);
    const { user } = await installer.get("/api/session");
    const address = cameras.lines.find((line) => line.startsWith("rtsp://"));
    const camera = await installer.ask("POST", "/api/cameras",
      { unit_id: user.scope.id, name: "viewed", place_type: "teaching_corridor", address, watch_enabled: false, is_recorded: true });
    const site = { server, url, person, camera };
    await pause(2 * SETTLE_MS);
    const began_ms = Date.now();
    for (let round = 0; round < ROUNDS; round += 1) {
      const [one, crowd] = [await watchedBy(1, site), await watchedBy(VIEWERS, site)];
      const each_s = (crowd.cpu_s - one.cpu_s) / (VIEWERS - 1);
      console.log(`viewer-minute: ${each_s.toFixed(4)} processor seconds at ${crowd.mbit_s.toFixed(2)} Mbit/s (${VIEWERS} viewers: ${crowd.cpu_s.toFixed(2)} s a minute, one: ${one.cpu_s.toFixed(2)} s)`);
    }
    const ended_ms = Date.now() - 2 * SETTLE_MS;
    const clips = await clipTimes(site, began_ms, ended_ms);
    console.log(`clip of ${CLIP_MS / 1000} s, first bytes: ${clips.p50.toFixed(1)} ms (median), ${clips.p95.toFixed(1)} ms (95 of 100), ${clips.kib} KiB each, ${CLIPS} of them`);
    for (let round = 0; round < ROUNDS; round += 1) {
      const one = await exported(site, began_ms, ended_ms);
      console.log(`export of ${one.recorded_s.toFixed(0)} s as recorded: ${one.took_ms} ms, ${((one.recorded_s * 1000) / one.took_ms).toFixed(0)} × real time, ${(one.bytes / 1e6).toFixed(0)} MB`);
    }
    console.log(`memory of the platform at its highest: ${(server.memory().highest / 1e6).toFixed(0)} MB; load ${loadavg()[0].toFixed(1)}`);
  } finally {
    for (const one of running) await one.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === "--view") beViewers(process.argv[3], process.argv[4], process.argv[5], Number(process.argv[6]));
else await main(resolve(process.argv[2] ?? "target/demo/watchfire"));
