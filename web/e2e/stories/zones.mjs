// Zones: a person draws one on the exit, approves the free exit, and sees the alarm come when a desk stands there and its end noted when it is gone.
import { ask } from "../desk.mjs";
import { expect, until } from "../harness.mjs";

/** The demonstration's camera before whose exit a desk stands for 50 of 90 seconds. */
const EXIT = "教学楼一层安全出口";
/** More than one loop of it. */
const LOOP_MS = 120_000;
/** The doors and the floor before them, in shares of the picture. */
const OUTLINE = [[0.4, 0.34], [0.6, 0.34], [0.62, 0.65], [0.38, 0.65]];
/** Where the cartons on the desk are while it stands there. */
const CARTONS = [0.485, 0.44];
const ZONE = "一层东门";
const MASK = "食堂灶台";
const STAIRS = "一层楼梯间";

async function cameraOf(page) {
  const found = await ask(page, `/api/cameras?q=${encodeURIComponent(EXIT)}`);
  expect(found.body.items?.length > 0, `the demonstration has the camera ${EXIT}`);
  return found.body.items[0].id;
}

async function openZones(harness, page) {
  await harness.open(page, "/cameras");
  const id = await cameraOf(page);
  await page.getByTestId(`zones-${id}`).click();
  await page.getByTestId("zone-board").locator("img").waitFor();
  return id;
}

/** Whether the cartons are in a picture: where they would be, it is brown and not the grey of the door. */
async function isBlocked(page, picture) {
  return page.evaluate(async ([source, place]) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(Math.round(place[0] * canvas.width), Math.round(place[1] * canvas.height), 6, 6);
    let warm = 0;
    for (let at = 0; at < data.length; at += 4) warm += data[at] - data[at + 2];
    return warm / (data.length / 4) > 20;
  }, [picture, CARTONS]);
}

async function clickBoard(page, [x, y]) {
  const box = await page.getByTestId("zone-board").boundingBox();
  await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
}

async function drawExit(page) {
  await page.getByTestId("zone-draw").click();
  for (const corner of OUTLINE) await clickBoard(page, corner);
  // Back at the first corner the outline is closed.
  await clickBoard(page, OUTLINE[0]);
  await page.getByTestId("zone-fields").waitFor();
  await page.getByTestId("zone-name").fill(ZONE);
  const hold = page.getByTestId("zone-hold").locator("input");
  await hold.fill("5");
  await hold.press("Tab");
  await page.getByTestId("zones-save").click();
  await page.getByTestId("zones-save").waitFor({ state: "detached" });
}

/** Approves a picture that shows the exit free: taken again until it does. */
async function approveFree(page, id) {
  await until(async () => !(await isBlocked(page, `/api/cameras/${id}/thumbnail?story=${Date.now()}`)), "the exit is free", LOOP_MS);
  await until(async () => {
    await page.getByTestId("take-candidate").click();
    const picture = page.getByTestId("candidate").locator("img");
    await picture.waitFor();
    return !(await isBlocked(page, await picture.getAttribute("src")));
  }, "a picture of the free exit can be approved", LOOP_MS);
  await page.getByTestId("approve-reference").click();
  await page.getByTestId("reference").waitFor();
}

const zoneState = (page, name) => page.locator(`[data-zone-name="${name}"]`).getAttribute("data-zone-state");

async function openAlarm(page, id) {
  const found = await ask(page, `/api/alarms?state=open&code=E01&camera_id=${id}`);
  return found.body.items?.[0] ?? null;
}

async function exit(harness) {
  const page = await harness.as("unit");
  const id = await openZones(harness, page);
  await drawExit(page);
  expect((await page.getByTestId("not-compared").getAttribute("data-code")) === "no_reference", "it is said that no picture is approved");
  await approveFree(page, id);
  await until(async () => (await zoneState(page, ZONE)) === "blocked", "the zone is blocked when the desk stands there", LOOP_MS);
  await until(async () => (await openAlarm(page, id)) !== null, "the alarm E01 is raised");
  const alarm = await openAlarm(page, id);
  const steps = async () => (await ask(page, `/api/alarms/${alarm.id}`)).body.steps.map((step) => step.event);
  expect(!(await steps()).includes("clear"), "nothing is noted while the desk stands there");
  await until(async () => (await zoneState(page, ZONE)) === "free", "the zone is free when the desk is gone", LOOP_MS);
  await until(async () => (await steps()).includes("clear"), "that it is gone is noted");
  await until(async () => (await openAlarm(page, id))?.has_picture === true, "the alarm has its picture");
  const still = await openAlarm(page, id);
  expect(still.state === "waiting", `a person still ends the alarm: ${still.state}`);
  await harness.open(page, `/alarms/${alarm.id}`);
  await page.getByText("现场画面已恢复").first().waitFor();
  await endAsTest(page, id, alarm.id);
}

/** Takes the zones away and ends the alarm, so that the desk of other stories is as it was. */
async function endAsTest(page, id, alarm) {
  const now = await ask(page, `/api/cameras/${id}/zones`);
  await ask(page, `/api/cameras/${id}/zones`, { version: now.body.version, zones: [] }, "PUT");
  for (const event of ["take", "mark_test"]) {
    const { version } = (await ask(page, `/api/alarms/${alarm}`)).body;
    const done = await ask(page, `/api/alarms/${alarm}/events`, { event, version });
    expect(done.status === 200, `${event}: ${done.status} ${JSON.stringify(done.body)}`);
  }
}

/** No picture is approved for it, and it is watched all the same: nobody parks in the demonstration, so it stays free. */
async function noTwoWheels(harness) {
  const page = await harness.as("unit");
  const id = await openZones(harness, page);
  await page.getByTestId("zone-rectangle").click();
  await page.getByTestId("zone-kind").click();
  await page.getByTestId("kind-no_two_wheels").click();
  await page.getByTestId("zone-name").fill(STAIRS);
  await page.getByText("电动自行车约能发现一半").waitFor();
  await page.getByTestId("zones-save").click();
  await page.getByTestId("zones-save").waitFor({ state: "detached" });
  await until(async () => (await zoneState(page, STAIRS)) === "free", "the zone is looked at without an approved picture", LOOP_MS);
  const kept = (await ask(page, `/api/cameras/${id}/zones`)).body;
  expect(kept.zones[0].kind === "no_two_wheels" && kept.zones[0].hold_s === 20, `it is kept: ${JSON.stringify(kept.zones[0])}`);
  const put = await ask(page, `/api/cameras/${id}/zones`, { version: kept.version, zones: [] }, "PUT");
  expect(put.status === 200, `it is taken away: ${put.status}`);
}

async function mask(harness) {
  const page = await harness.as("unit");
  const id = await openZones(harness, page);
  await page.getByTestId("zone-rectangle").click();
  await page.getByTestId("zone-kind").click();
  await page.getByTestId("kind-mask").click();
  await page.getByTestId("zone-name").fill(MASK);
  expect((await page.getByTestId("zone-hold").count()) === 0, "a mask waits for nothing");
  const corner = page.getByTestId("corner-0");
  await corner.focus();
  for (let step = 0; step < 5; step += 1) await corner.press("ArrowLeft");
  await page.getByTestId("zones-save").click();
  await page.getByTestId("zones-save").waitFor({ state: "detached" });
  const kept = await ask(page, `/api/cameras/${id}/zones`);
  const zone = kept.body.zones[0];
  expect(zone.kind === "mask" && zone.name === MASK && zone.state === null, `the mask is kept: ${JSON.stringify(zone)}`);
  expect(Math.abs(zone.corners[0][0] - 0.3) < 0.001, `the keyboard moved its corner: ${zone.corners[0]}`);
  await page.reload();
  await page.locator(`[data-zone-name="${MASK}"]`).click();
  await page.getByTestId("zone-remove").click();
  await page.getByTestId("zones-save").click();
  await until(async () => (await ask(page, `/api/cameras/${id}/zones`)).body.zones.length === 0, "the mask is taken away");
}

export const zonesStory = [
  { name: "zones: a blocked exit raises an alarm, and its end is noted", roles: ["unit"], run: exit },
  { name: "zones: no e-bikes: watched without an approved picture", roles: ["unit"], run: noTwoWheels },
  { name: "zones: a mask is put by the keyboard and taken away", roles: ["unit"], run: mask },
];
