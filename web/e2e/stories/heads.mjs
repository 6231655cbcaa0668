// Heads: a camera that speaks ONVIF is turned while a button is held, keeps a place and finds it again; one that has no head says why.
import { expect, until } from "../harness.mjs";

/** The demonstration's camera that turns, and one that does not. */
const TURNS = "宿舍楼一层走廊";
const STANDS = "值班室";
const PLACE = "走廊西头";

async function openHead(page, harness, name) {
  await harness.open(page, "/patrol");
  await page.locator("[data-testid^=tile-]", { hasText: name }).first().click();
  await page.getByTestId("open-head").click();
}

/** Where the camera says it looks, in per cent of its reach. */
const panOf = async (page) => Number(await page.getByTestId("head-map").getAttribute("data-pan"));

/** Holds a button by the keyboard for a while. */
async function hold(page, button, held_ms) {
  await page.getByTestId(`ptz-${button}`).focus();
  await page.keyboard.down("Space");
  await page.waitForTimeout(held_ms);
  await page.keyboard.up("Space");
}

async function turning(harness) {
  const page = await harness.as("unit");
  await openHead(page, harness, TURNS);
  await page.getByTestId("head-map").waitFor();
  const before = await panOf(page);
  await hold(page, "right", 1_000);
  await until(async () => (await panOf(page)) > before + 5, "the head has turned to the right");
  const right = await panOf(page);
  await page.waitForTimeout(1_500);
  await page.getByTestId("preset-1").click();
  await until(async () => (await panOf(page)) < before, "the preset on the left is found");
  expect((await page.getByTestId("preset-1").innerText()).includes("Door"), "presets bear the camera's names");
  const left = await panOf(page);
  // The mouse lets go somewhere else.
  await page.getByTestId("ptz-right").hover();
  await page.mouse.down();
  await page.waitForTimeout(700);
  await page.mouse.move(20, 20);
  await page.mouse.up();
  await until(async () => (await panOf(page)) > left + 5, "the head turned while the mouse was held");
  const kept = await panOf(page);
  await page.getByTestId("preset-name").fill(PLACE);
  await page.getByTestId("preset-keep").click();
  const place = page.getByTestId("presets").locator("li", { hasText: PLACE });
  await place.waitFor();
  await hold(page, "left", 1_500);
  await until(async () => (await panOf(page)) < kept - 5, "the head has turned away");
  await place.locator("button").first().click();
  await until(async () => (await panOf(page)) === kept, `the kept place is found again: ${kept}, first ${right}`);
  await place.locator("button").last().click();
  await place.waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
}

async function letGoByLeaving(harness) {
  const page = await harness.as("unit");
  await openHead(page, harness, TURNS);
  await page.getByTestId("head-map").waitFor();
  const stop = page.waitForRequest((request) => request.url().endsWith("/orders") && (request.postData() ?? "").includes("stop"));
  await page.getByTestId("ptz-up").focus();
  await page.keyboard.down("Space");
  await page.waitForTimeout(300);
  await page.evaluate(() => window.dispatchEvent(new Event("blur")));
  await stop;
  await page.keyboard.up("Space");
  await page.keyboard.press("Escape");
}

async function standing(harness) {
  const page = await harness.as("unit");
  await openHead(page, harness, STANDS);
  const reason = page.getByTestId("head-reason");
  await reason.waitFor();
  expect((await reason.innerText()).includes("ONVIF"), `it is said why: ${await reason.innerText()}`);
  expect((await page.getByTestId("ptz-pad").count()) === 0, "there is nothing to press");
  await page.keyboard.press("Escape");
}

export const headsStory = [
  { name: "heads: a camera is turned by ONVIF, keeps a place and finds it again", roles: ["unit"], run: turning },
  { name: "heads: whoever leaves the window lets go of the head", roles: ["unit"], run: letGoByLeaving },
  { name: "heads: a camera that cannot be turned says why", roles: ["unit"], run: standing },
];
