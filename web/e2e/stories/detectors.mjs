// A simulated transmission device knocks and is entered, its detector gets a place and a camera; it fires, the card shows the detector with the
// camera beside it, the watch joins, a reset is noted; a roll-call is answered and one is not.
import { spawn } from "node:child_process";
import { ask, endAsTest } from "../ask.mjs";
import { plays } from "../desk.mjs";
import { expect, until } from "../harness.mjs";

/** The camera of the demonstration that sees the corridor catch fire. */
const CORRIDOR = "教学楼二层走廊";
/** Addresses of the components of the simulated device. */
const SMOKE = 65_537;
/** The corridor burns now and then, and the watch has to be sure. */
const WATCH_MS = 180_000;

class Panel {
  constructor(server, address) {
    const binary = process.env.WATCHFIRE_BINARY;
    if (!binary) throw new Error("WATCHFIRE_BINARY is not set");
    this.child = spawn(binary, ["simulate", "transmitter", "--server", server, "--address", address], { stdio: ["pipe", "ignore", "ignore"] });
  }
  does(line) {
    this.child.stdin.write(`${line}\n`);
  }
  stop() {
    this.child.kill("SIGTERM");
  }
}

async function entering(page, harness, address) {
  await harness.open(page, "/facilities");
  await page.getByTestId(`adopt-${address}`).click({ timeout: 30_000 });
  await page.getByTestId("transmitter-name").fill("故事传输装置");
  await page.getByTestId("transmitter-save").click();
  await page.getByTestId("component-table").waitFor();
  await page.getByTestId(`place-${SMOKE}`).click({ timeout: 30_000 });
  await page.getByTestId("component-place").fill(CORRIDOR);
  await page.getByTestId("component-cameras").click();
  await page.keyboard.type(CORRIDOR);
  await page.locator(".el-select-dropdown__item:visible", { hasText: CORRIDOR }).first().click();
  // The list of cameras lies over the button until something else is touched.
  await page.locator(".el-dialog__title:visible").click();
  await page.getByTestId("component-save").click();
  await until(async () => (await page.getByTestId("component-table").innerText()).includes(CORRIDOR), "the component has its place");
  return page.url().split("/").at(-1);
}

/** The watch tells of a fire once, and may have told of this one in another story: it begins anew. */
async function watchAnew(page, camera_id) {
  for (const watch_enabled of [false, true]) {
    const { status } = await ask(page, `/api/cameras/${camera_id}`, { watch_enabled }, "PATCH");
    expect(status === 200, `the watch is switched ${watch_enabled ? "on" : "off"}: ${status}`);
  }
}

async function firing(harness, unit, panel, device) {
  const page = await harness.as("duty_guard");
  panel.does("fire 1");
  const found = async () => (await ask(page, `/api/alarms?code=F03`)).body.items.find((one) => one.sources.some((source) => source.transmitter_id === device));
  await until(async () => Boolean(await found()), "the detector's alarm is there", 30_000);
  const alarm = await found();
  expect(alarm.level === 1 && alarm.source === "device", "a detector's fire is level 1");
  await harness.open(page, `/alarms/${alarm.id}`);
  const sources = page.getByTestId("alarm-sources");
  await sources.waitFor();
  expect((await page.getByTestId("source-device").innerText()).includes(CORRIDOR), "the detector is named with its place");
  await plays(page);
  await watchAnew(unit, alarm.camera_id);
  await page.getByTestId("source-ai").first().waitFor({ timeout: WATCH_MS });
  await until(async () => (await ask(page, `/api/alarms/${alarm.id}`)).body.has_picture, "a picture of the corridor is kept", 30_000);
  const before = (await ask(page, `/api/alarms/${alarm.id}`)).body;
  panel.does("reset");
  await until(async () => (await ask(page, `/api/alarms/${alarm.id}`)).body.steps.some((step) => step.event === "clear" && step.note?.includes("复位")), "the reset is noted", 30_000);
  const after = (await ask(page, `/api/alarms/${alarm.id}`)).body;
  expect(after.state === before.state, "and ends nothing");
  await endAsTest(page, alarm.id);
}

async function calling(page, harness, panel, device) {
  await harness.open(page, `/facilities/${device}`);
  await page.getByTestId("facility-tabs").locator("#tab-events").click();
  await page.getByTestId("facility-events").locator("[data-kind=reset]").first().waitFor();
  await page.getByTestId("facility-tabs").locator("#tab-roll-calls").click();
  await page.getByTestId("call-roll").click();
  await page.getByTestId("roll-call-answered").waitFor({ timeout: 30_000 });
  panel.does("answer never");
  await page.getByTestId("roll-call-minutes").locator("input").fill("1");
  await page.keyboard.press("Tab");
  await page.getByTestId("call-roll").click();
  await page.getByTestId("roll-call-waiting").waitFor();
  await page.getByTestId("roll-call-absent").waitFor({ timeout: 90_000 });
}

export const detectorsStory = {
  name: "detectors: one fires beside a camera, and the roll is called",
  roles: ["unit", "duty_guard"],
  async run(harness) {
    const page = await harness.as("unit");
    await harness.open(page, "/facilities");
    const standing = (await ask(page, "/api/transmitters/standing")).body;
    const address = `3601${String(Date.now() % 100_000_000).padStart(8, "0")}`;
    const panel = new Panel(standing.listens[0], address);
    try {
      const device = await entering(page, harness, address);
      await firing(harness, page, panel, device);
      await calling(page, harness, panel, device);
    } finally {
      panel.stop();
    }
  },
};
