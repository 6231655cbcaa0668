// Roll-calls of duty rooms: asked by the county, answered at the room's own seat with the code it shows, seen live; an exemption that the
// organisation asks for and the county approves; the schedule that is committed to.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

const ROOM = "故事值班室";
/** Long enough for two people to ask for an exemption and approve it on a busy machine. */
const EXEMPT_AFTER_MS = 8_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const time = (ms) => new Date(ms).toISOString();
const minute = (ms) => Math.floor(ms / MINUTE_MS) * MINUTE_MS;

/** Asks as a seat: signed by the key that the page keeps. */
const asSeat = (page, method, path, body) =>
  page.evaluate(async ([verb, address, content]) => {
    const text = content === null ? "" : JSON.stringify(content);
    const encode = (words) => new TextEncoder().encode(words);
    const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    const at_ms = Date.now();
    const digest = hex(await crypto.subtle.digest("SHA-256", encode(text)));
    const signed = encode(`watchfire-seat/1\n${verb}\n${address}\n${at_ms}\n${digest}\n`);
    const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, window.storySeat.key, signed);
    const headers = { "x-watchfire-seat": `${window.storySeat.id}.${at_ms}.${base64url(signature)}`, "content-type": "application/json" };
    const answer = await fetch(address, { method: verb, headers, ...(content === null ? {} : { body: text }) });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  }, [method, path, body ?? null]);

/** Makes the page's browser a seat of a room. */
const becomeSeat = (page, code) =>
  page.evaluate(async (typed) => {
    const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
    const public_key = base64url(await crypto.subtle.exportKey("raw", pair.publicKey));
    const digits = typed.replaceAll(/\D/g, "");
    const words = new TextEncoder().encode(`watchfire-seat-pairing/1\n${digits}\n${public_key}\n`);
    const signature = base64url(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, words));
    const answer = await fetch("/api/seats", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ code: typed, public_key, signature }) });
    const body = await answer.json().catch(() => null);
    window.storySeat = { id: body?.id, key: pair.privateKey };
    return { status: answer.status, body };
  }, code);

/** A room of the demonstration's organisation with a guard on its roster, who sits at its seat. */
async function post(harness) {
  const leader = await harness.as("organisation");
  const firm = (await ask(leader, "/api/session")).body.user.scope.id;
  const room = await ask(leader, "/api/duty-rooms", { name: ROOM, kind: "organisation", organisation_id: firm });
  expect(room.status === 201, `opened: ${JSON.stringify(room.body)}`);
  const staff = (await ask(leader, `/api/organisations/${firm}/staff`)).body;
  // Somebody with a certificate who is on no roster: nobody is in two rooms at once.
  const known = (await ask(leader, "/api/duty-rooms")).body.items.find((one) => one.id !== room.body.id);
  const day = new Date(Date.now() + 8 * HOUR_MS).toISOString().slice(0, 10);
  const rostered_ids = (await ask(leader, `/api/duty-rooms/${known.id}/roster?from=${day}&days=14`)).body.shifts.map((one) => one.staff_id);
  const person = staff.find((one) => ["good", "ends_soon", "unchecked"].includes(one.standing) && !rostered_ids.includes(one.id) && one.post !== "leader");
  expect(person, "the demonstration has somebody who is free");
  const made = await ask(leader, `/api/organisations/${firm}/staff/${person.id}/account`, { login_name: "story-seat" });
  expect(made.status === 201, `an account: ${JSON.stringify(made.body)}`);
  const now_ms = Date.now();
  const shifts = [{ staff_id: person.id, starts_at: time(minute(now_ms)), ends_at: time(minute(now_ms) + 6 * HOUR_MS) }];
  const rostered = await ask(leader, `/api/duty-rooms/${room.body.id}/roster`, { shifts });
  expect(rostered.status === 204, `on the roster: ${JSON.stringify(rostered.body)}`);
  const code = await ask(leader, `/api/duty-rooms/${room.body.id}/seats`, { name: "主席位" });
  expect(code.status === 201, `a code for the seat: ${JSON.stringify(code.body)}`);
  const guard = await harness.signIn("story-seat", `${harness.base}/#/enter/${made.body.one_time_token}`);
  const seat = await becomeSeat(guard, code.body.code);
  expect(seat.status === 201, `a seat: ${JSON.stringify(seat.body)}`);
  return { leader, guard, room: room.body };
}

async function askRoom(county, reason) {
  await county.getByTestId("roll-call-ask").click();
  await county.getByTestId("roll-call-how-rooms").click();
  await county.getByTestId("room-select").click();
  await county.locator(".el-select-dropdown:visible .el-select-dropdown__item", { hasText: ROOM }).click();
  await county.keyboard.press("Escape");
  await county.getByTestId("roll-call-reason").fill(reason);
  await county.getByTestId("roll-call-send").click();
  await county.waitForURL(/roll-calls\/rounds\/[0-9a-f-]{36}/);
}

const count = async (page, state) => Number(await page.getByTestId(`count-${state}`).first().getAttribute("data-count").catch(() => "0"));

async function askedAndAnswered(harness) {
  const { leader, guard, room } = await post(harness);
  const listening = asSeat(guard, "GET", "/api/seat/roll-calls?knows=&wait_s=20");
  const county = await harness.as("county");
  await harness.open(county, "/roll-calls");
  await askRoom(county, "故事夜查");
  const heard = await listening;
  expect(heard.status === 200 && heard.body.calls.length === 1, `the seat hears: ${JSON.stringify(heard.body)}`);
  await until(async () => (await count(county, "waiting")) === 1, "the round waits for one room");

  const call = heard.body.calls[0].id;
  const code = (await asSeat(guard, "GET", "/api/seat/code")).body;
  expect(/^\d{4}$/.test(code.digits) && code.colours.length === 4, `a code: ${JSON.stringify(code)}`);
  const other = code.digits === "0000" ? "1111" : "0000";
  const wrong = await asSeat(guard, "POST", `/api/seat/roll-calls/${call}/answer`, { digits: other });
  expect(wrong.status === 422 && wrong.body.fields[0].code === "wrong_code", `another code: ${JSON.stringify(wrong.body)}`);
  const answered = await asSeat(guard, "POST", `/api/seat/roll-calls/${call}/answer`, { digits: (await asSeat(guard, "GET", "/api/seat/code")).body.digits });
  expect(answered.status === 200 && answered.body.state === "answered", `answered: ${JSON.stringify(answered.body)}`);
  await until(async () => (await count(county, "answered")) === 1, "the county sees it without asking");
  await county.getByTestId("roll-call-open").click();
  await until(async () => (await county.getByTestId("drawer-state").getAttribute("data-state")) === "answered", "with who and when");
  await county.keyboard.press("Escape");

  // An exemption beforehand, by two people; a call in it is written down as exempt.
  const now_ms = Date.now();
  const wished = await ask(leader, "/api/roll-call-exemptions", { room_id: room.id, starts_at: time(now_ms + EXEMPT_AFTER_MS), ends_at: time(now_ms + HOUR_MS), reason: "停电检修" });
  expect(wished.status === 201 && !wished.body.next.includes("approve"), `asked for, not by the same person: ${JSON.stringify(wished.body)}`);
  await harness.open(county, "/roll-calls?tab=exemptions");
  await county.getByTestId("exemption-approve").first().click();
  await county.getByTestId("exemption-decide").click();
  await until(async () => (await county.getByTestId("exemption-state").first().getAttribute("data-state")) === "approved", "approved before it began");
  await until(async () => Date.now() > now_ms + EXEMPT_AFTER_MS + 500, "it begins");
  await county.getByTestId("roll-calls-tab-rounds").click();
  await askRoom(county, "免查期间");
  await until(async () => (await count(county, "exempt")) === 1, "an exempt room is not asked");
  await harness.open(county, "/roll-calls?tab=plan");
  await county.getByTestId("roll-call-days").waitFor();

  // Put back what other stories find.
  const { version } = (await ask(leader, `/api/duty-rooms/${room.id}`)).body;
  const closed = await ask(leader, `/api/duty-rooms/${room.id}/close`, { reason: "故事结束", version });
  expect(closed.status === 200, `closed: ${JSON.stringify(closed.body)}`);
  const refused = await ask(county, "/api/roll-call-rounds", { rooms: [room.id], reason: "关闭之后" });
  expect(refused.status === 422 && refused.body.fields[0].code === "closed", `a closed room is not asked: ${JSON.stringify(refused.body)}`);
}

/** A simulated duty room with its camera; what the screen shows is put into a file. */
class FilmedRoom {
  static async start(binary) {
    const folder = mkdtempSync(join(tmpdir(), "watchfire-room."));
    const child = spawn(binary, ["simulate", "duty-room", "--listen", "127.0.0.1:0", "--people", "1", "--code-file", join(folder, "code")], { stdio: ["pipe", "pipe", "ignore"] });
    const [first] = await once(child.stdout, "data");
    return new FilmedRoom(folder, child, String(first).trim());
  }

  constructor(folder, child, url) {
    Object.assign(this, { folder, child, url });
  }

  show(text) {
    writeFileSync(join(this.folder, "code.new"), text);
    renameSync(join(this.folder, "code.new"), join(this.folder, "code"));
  }

  stop() {
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function theCameraSeesTheCode(harness) {
  const leader = await harness.as("organisation");
  const firm = (await ask(leader, "/api/session")).body.user.scope.id;
  const made = (await ask(leader, "/api/duty-rooms", { name: "故事带摄像机的值班室", kind: "organisation", organisation_id: firm })).body;
  const film = await FilmedRoom.start(process.env.WATCHFIRE_BINARY);
  try {
    await harness.open(leader, `/duty/${made.id}`);
    await leader.getByTestId("room-camera-add").click();
    await leader.getByTestId("room-camera-name").fill("席位全景");
    await leader.getByTestId("room-camera-address").fill(film.url);
    await leader.getByTestId("room-camera-save").click();
    await leader.getByTestId("room-camera-form").waitFor({ state: "detached" });
    const camera = (await ask(leader, `/api/duty-rooms/${made.id}`)).body.cameras[0];
    const code = (await ask(leader, `/api/duty-rooms/${made.id}/seats`, { name: "主席位" })).body.code;

    // The seat's own page, and beside it a camera that films what the page shows.
    const guard = await harness.as("on_duty_2");
    await harness.open(guard, "/seat");
    await guard.getByTestId("seat-bind-code").fill(code);
    await guard.getByTestId("seat-bind").click();
    await guard.getByTestId("seat-roll-call").waitFor();
    const filming = setInterval(() => {
      guard.evaluate(async () => {
        const card = document.querySelector("[data-testid='room-code']");
        return card ? `${card.dataset.colours} ${card.dataset.digits}` : "";
      }).then((shown) => shown && film.show(shown), () => undefined);
    }, 500);
    try {
      await until(async () => (await ask(leader, `/api/cameras?unit_id=${made.unit_id}`)).body.items.find((one) => one.id === camera)?.state === "online", "the room's camera is there");
      const county = await harness.as("county");
      const round = await ask(county, "/api/roll-call-rounds", { rooms: [made.id], reason: "故事：画面验证" });
      expect(round.status === 201, `asked: ${JSON.stringify(round.body)}`);
      const call = async () => (await ask(county, `/api/roll-calls?round_id=${round.body.id}`)).body.items[0];
      await until(async () => (await call())?.code_verdict === "seen", "the camera of the room saw the code of now", 60_000);
      const detail = (await ask(county, `/api/roll-calls/${(await call()).id}`)).body;
      expect(detail.pictures.some((one) => one.kind === "code"), `with the picture that shows it: ${JSON.stringify(detail.pictures)}`);
    } finally {
      clearInterval(filming);
    }
  } finally {
    film.stop();
    const { version } = (await ask(leader, `/api/duty-rooms/${made.id}`)).body;
    await ask(leader, `/api/duty-rooms/${made.id}/close`, { reason: "故事结束", version });
  }
}

export const rollCallsStory = [
  { name: "roll-calls: the room's camera sees the code on the seat's screen", roles: ["county", "organisation", "on_duty_2"], run: theCameraSeesTheCode },
  { name: "roll-calls: a room is asked, hears at once, answers with its code; an exemption; the schedule", roles: ["county", "organisation"], run: askedAndAnswered },
];
