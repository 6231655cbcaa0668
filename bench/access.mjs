// What a person at the platform waits for, and what streams cost: the catalogue of a large recorder, the first picture after a click, and
// many streams at once. Devices are simulated in a process of their own; everything is on loopback.
//
//   node --experimental-websocket bench/access.mjs [BINARY]       about four minutes; prints lines for docs/reference/performance-access.md
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { quantile } from "./numbers.mjs";
import { Person, Process, freePort, pause } from "./product.mjs";

const ID = "36000000112000000001";
const PASSWORD = "12345678";
const START_LIMIT_MS = 120_000;
const CHANNELS_MANY = 10_000;
const CLICKS = 20;
const STREAMS = Number(process.env.STREAMS ?? 300);
const STREAM_BITS_PER_S = 1_000_000;
const STREAMS_OF_A_DEVICE = 10;
const VIEWS_OF_A_PERSON = 20; // the server's own limit
const MEASURED_S = 30;

const binary = resolve(process.argv[2] ?? "target/demo/watchfire");
const folder = mkdtempSync(join(tmpdir(), "watchfire-access-"));
const data = join(folder, "data");
const say = (text) => console.log(text);

const recorder = (serial) => `3601020011118${String(serial).padStart(7, "0")}`;

/** A server whose devices have been entered; `devices` are serial numbers. */
async function start(devices) {
  execFileSync(binary, ["demo", "--prepare-only", "--data", data], { stdio: ["ignore", "ignore", "inherit"] });
  const links = JSON.parse(readFileSync(join(data, "links.json"), "utf8"));
  const sip = await freePort();
  const http = await freePort();
  const config = join(folder, "watchfire.toml");
  writeFileSync(config, `[access]\nid = "${ID}"\nlisten = ["127.0.0.1:${sip}"]\naddress_rate_hz = 10000\n`);
  const server = new Process(binary, ["--log-json", "serve", "--config", config, "--data", data, "--listen", `127.0.0.1:${http}`]);
  await server.until((line) => line.includes("listens on"), "the server starts", START_LIMIT_MS);
  const url = `http://127.0.0.1:${http}`;
  const person = await Person.enter(url, links.unit);
  const { user } = await person.get("/api/session");
  const entered = new Map();
  for (const serial of devices) {
    const device = { gb_id: recorder(serial), name: `recorder ${serial}`, unit_id: user.scope.id, secret: PASSWORD };
    entered.set(serial, (await person.ask("POST", "/api/devices", device)).device);
  }
  return { server, url, links, person, unit: user.scope.id, entered, sip };
}

function simulate(sip, args) {
  return new Process(binary, ["simulate", "gb28181", "--server", `127.0.0.1:${sip}`, "--server-id", ID, "--password", PASSWORD, ...args]);
}

async function until(pleases, what, limit_ms, step_ms = 20) {
  const end_ms = Date.now() + limit_ms;
  while (Date.now() < end_ms) {
    const answer = await pleases();
    if (answer) return answer;
    await pause(step_ms);
  }
  throw new Error(`${what}: not within ${limit_ms} ms`);
}

async function camerasOf(person, device, count) {
  await until(async () => (await person.get(`/api/devices/${device.id}`)).channels >= count, "the catalogue comes", 60_000);
  await person.ask("POST", `/api/devices/${device.id}/cameras`, { place_type: "teaching_corridor", watch_enabled: false });
  const { items } = await person.get(`/api/devices/${device.id}/channels?limit=100`);
  return items.map((channel) => channel.camera_id).filter(Boolean);
}

/** Looks at a camera; the first picture is the first binary message behind the one that begins the file. */
function look(person, camera) {
  const socket = new WebSocket(`${person.url.replace("http", "ws")}/api/cameras/${camera}/live`, { headers: { origin: person.url, cookie: person.cookie } });
  socket.binaryType = "arraybuffer";
  const view = { socket, bytes: 0, parts: 0 };
  view.first = new Promise((done, failed) => {
    socket.onerror = (event) => failed(event.error ?? new Error("no socket"));
    socket.onmessage = ({ data: part }) => {
      if (typeof part === "string") return;
      view.bytes += part.byteLength;
      view.parts += 1;
      if (view.parts === 2) done(performance.now());
    };
  });
  return view;
}

async function catalogue() {
  const place = await start([1]);
  const device = place.entered.get(1);
  const devices = simulate(place.sip, ["--first-id", recorder(1), "--channels", String(CHANNELS_MANY), "--no-media", "--transport", "tcp"]);
  await devices.until((line) => line.includes(" registered"), "the recorder registers", START_LIMIT_MS);
  const begun = performance.now();
  const known = () => place.person.get(`/api/devices/${device.id}`);
  await until(async () => (await known()).channels === CHANNELS_MANY, "all channels are rows", 60_000);
  say(`catalogue of ${CHANNELS_MANY} channels over TCP, registered → rows: ${((performance.now() - begun) / 1000).toFixed(2)} s, complete: ${(await known()).catalogue_complete}`);
  await devices.stop();
  await place.server.stop();
}

async function firstPicture() {
  const place = await start([1]);
  const device = place.entered.get(1);
  const devices = simulate(place.sip, ["--first-id", recorder(1), "--channels", "4"]);
  await devices.until((line) => line.includes(" registered"), "the recorder registers", START_LIMIT_MS);
  const cameras = await camerasOf(place.person, device, 4);
  for (const media of ["udp", "tcp_device_connects", "tcp_platform_connects"]) {
    await place.person.ask("PATCH", `/api/devices/${device.id}`, { habits: { media } });
    const delays_ms = [];
    const calls = () => devices.lines.filter((line) => line.includes(" session ") && line.includes(" of ")).length;
    const calls_before = calls();
    for (let click = 0; click < CLICKS; click += 1) {
      const camera = cameras[click % cameras.length];
      await until(async () => (await place.person.get(`/api/cameras/${camera}`)).state === "resting", "nobody looks at the camera any more", 60_000, 200);
      const begun = performance.now();
      const view = look(place.person, camera);
      delays_ms.push((await view.first) - begun);
      view.socket.close();
    }
    say(`click → first fragment, ${media}: median ${quantile(delays_ms, 0.5).toFixed(0)} ms, worst of ${CLICKS} ${Math.max(...delays_ms).toFixed(0)} ms; the device was called ${calls() - calls_before} times`);
  }
  await devices.stop();
  await place.server.stop();
}

/** A moving picture of constant rate, made by ffmpeg. */
function clip() {
  const file = join(folder, "clip.mp4");
  const kilobits = String(STREAM_BITS_PER_S / 1000);
  const rate = ["-b:v", `${kilobits}k`, "-minrate", `${kilobits}k`, "-maxrate", `${kilobits}k`, "-bufsize", `${kilobits / 2}k`];
  const source = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25,noise=alls=12:allf=t", "-t", "20"];
  execFileSync("ffmpeg", ["-v", "error", ...source, "-c:v", "libx264", "-preset", "veryfast", "-bf", "0", "-g", "50", ...rate, "-x264-params", "nal-hrd=cbr", "-an", file]);
  return file;
}

async function manyStreams() {
  const count = STREAMS / STREAMS_OF_A_DEVICE;
  const serials = Array.from({ length: count }, (_, at) => at + 1);
  const place = await start(serials);
  for (const device of place.entered.values()) await place.person.ask("PATCH", `/api/devices/${device.id}`, { habits: { media: "tcp_device_connects" } });
  const devices = simulate(place.sip, ["--first-id", recorder(1), "--count", String(count), "--channels", String(STREAMS_OF_A_DEVICE), "--video", clip()]);
  const cameras = [];
  for (const device of place.entered.values()) cameras.push(...(await camerasOf(place.person, device, STREAMS_OF_A_DEVICE)));
  const boss = await Person.enter(place.url, place.links.security_admin);
  const views = [];
  for (let from = 0; from < cameras.length; from += VIEWS_OF_A_PERSON) {
    const viewer = { login_name: `viewer-${from}`, display_name: "viewer", role: "unit", scope_kind: "unit", scope_id: place.unit };
    const person = await Person.enter(place.url, (await boss.ask("POST", "/api/users", viewer)).one_time_token);
    for (const camera of cameras.slice(from, from + VIEWS_OF_A_PERSON)) views.push(look(person, camera));
    await pause(300);
  }
  await Promise.all(views.map((view) => view.first));
  await pause(5000);
  const before = { cpu_s: place.server.cpu_s(), devices_s: devices.cpu_s(), bytes: views.map((view) => view.bytes), at: performance.now() };
  await pause(MEASURED_S * 1000);
  const passed_s = (performance.now() - before.at) / 1000;
  const rates = views.map((view, at) => ((view.bytes - before.bytes[at]) * 8) / passed_s / 1e6);
  const cores = (place.server.cpu_s() - before.cpu_s) / passed_s;
  const senders = (devices.cpu_s() - before.devices_s) / passed_s;
  say(
    `${views.length} program streams in over TCP and out as fragmented MP4: ${cores.toFixed(2)} cores of the server, ${senders.toFixed(2)} of the devices; ` +
      `Mbit/s a stream: slowest ${Math.min(...rates).toFixed(2)}, median ${quantile(rates, 0.5).toFixed(2)}; resident ${(place.server.memory().resident / 1e6).toFixed(0)} MB`,
  );
  for (const view of views) view.socket.close();
  await devices.stop();
  await place.server.stop();
}

const measures = { catalogue, firstPicture, manyStreams };
try {
  for (const [name, measure] of Object.entries(measures)) {
    if (process.argv[3] && process.argv[3] !== name) continue;
    rmSync(data, { recursive: true, force: true });
    await measure();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
