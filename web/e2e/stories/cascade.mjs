// Cascade: an upper platform is entered, shown what it sees, and ended; and two platforms, one above the other, with a picture and a
// recording that pass through both.
import { moves, plays } from "../desk.mjs";
import { expect, until } from "../harness.mjs";
import { Instance } from "../instance.mjs";

/** Twenty digits of a platform (type 200) of education; the last six are of this run. */
const platformId = () => `36010000112000${String(Date.now() % 1_000_000).padStart(6, "0")}`;
/** Nobody listens on the port for discarding. */
const NOBODY = "127.0.0.1:9";
const SECRET = "cascade-2026";
const REGISTER_MS = 60_000;

const openTab = (page, tabs, name) => page.getByTestId(tabs).locator(`#tab-${name}`).click();
const stateOf = (page) => page.locator("header [data-upper-state]").getAttribute("data-upper-state");

async function access(page) {
  const text = (name) => page.getByTestId(`access-${name}`).innerText();
  await page.getByTestId("access-card").waitFor();
  return { id: await text("id"), address: `${await text("host")}:${await text("port")}` };
}

const carryBy = (page, transport) => page.getByTestId("upper-transport").getByText(transport, { exact: true }).click();

async function enterUpper(page, wanted) {
  await page.getByTestId("menu-uppers").click();
  await page.getByTestId("add-upper").click();
  await page.getByTestId("upper-name").fill(wanted.name);
  await page.getByTestId("upper-server-id").fill(wanted.server_id);
  await page.getByTestId("upper-address").fill(wanted.address);
  await carryBy(page, wanted.transport);
  await page.getByTestId("upper-own-id").fill(wanted.own_id);
  await page.getByTestId("upper-secret").fill(SECRET);
  if (wanted.ptz) await page.getByTestId("share-ptz").click();
  await page.getByTestId("save-upper").click();
  await page.getByTestId("upper-facts").waitFor();
}

async function yes(page) {
  await page.locator(".el-message-box__btns .el-button--primary").click();
}

async function entering(harness) {
  const page = await harness.as("unit");
  await harness.open(page, "/devices");
  const own = await access(page);
  const server_id = platformId();
  await enterUpper(page, { name: "故事市平台", server_id, address: NOBODY, transport: "TCP", own_id: `${server_id.slice(0, 14)}999999`, ptz: true });

  const trouble = page.getByTestId("upper-trouble");
  await until(async () => (await trouble.getAttribute("data-trouble").catch(() => null)) === "no_way", "it says that there is no way to the address", 30_000);
  expect((await trouble.innerText()).includes("端口"), "and what to look at");
  expect((await stateOf(page)) === "unreachable", "its state is unreachable");

  // The address of a platform that has not entered us: this one's own.
  await openTab(page, "upper-tabs", "settings");
  await page.getByTestId("upper-server-id").fill(own.id);
  await page.getByTestId("upper-address").fill(own.address);
  await carryBy(page, "UDP");
  await page.getByTestId("save-upper").click();
  await openTab(page, "upper-tabs", "facts");
  await until(async () => (await stateOf(page)) === "refused", "it is refused", 30_000);

  await openTab(page, "upper-tabs", "catalogue");
  const rows = page.getByTestId("catalogue-table");
  await rows.locator("[data-item-kind=camera]").first().waitFor();
  const kinds = await rows.locator("[data-item-kind]").evaluateAll((all) => all.map((one) => one.dataset.itemKind));
  expect(kinds[0] === "system" && kinds.includes("unit"), `parents come before children: ${kinds}`);
  const cameras = Number(await page.getByTestId("catalogue-cameras").innerText());
  expect(cameras > 0 && cameras === kinds.filter((kind) => kind === "camera").length, `the count is that of the rows: ${cameras}`);

  await openTab(page, "upper-tabs", "settings");
  await page.getByTestId("disable-upper").click();
  await yes(page);
  await until(async () => (await stateOf(page)) === "disabled", "it is switched off");
  await page.getByTestId("remove-upper").click();
  await yes(page);
  await page.getByTestId("upper-table").waitFor();
  await until(async () => (await page.getByTestId(`upper-${own.id}`).count()) === 0, "it is gone");
}

/** The lower platform is entered above like a recorder. */
async function enterLower(page, gb_id) {
  await page.getByTestId("menu-devices").click();
  const above = await access(page);
  await page.getByTestId("add-device").click();
  await page.getByTestId("device-gb-id").fill(gb_id);
  await page.getByTestId("device-name").fill("故事下级平台");
  await page.getByTestId("device-form").getByText("自行设定").click();
  await page.getByTestId("device-secret").fill(SECRET);
  await page.getByTestId("save-device").click();
  await page.getByTestId("device-facts").waitFor();
  return above;
}

/** The digits of the first camera of the lower platform that is a channel of its recorder. */
async function sharedChannel(below) {
  await openTab(below, "upper-tabs", "catalogue");
  const row = below.getByTestId("catalogue-table").locator("tbody tr", { hasText: "食堂后厨通道" });
  await row.waitFor();
  return row.locator(".gb-id").getAttribute("title");
}

async function placeChannel(page, gb_id) {
  await openTab(page, "device-tabs", "channels");
  const place = page.getByTestId(`place-${gb_id}`);
  await until(async () => (await place.count()) > 0, "the channel is in the catalogue above", REGISTER_MS);
  await place.click();
  await page.getByTestId("place-name").fill("下级平台的后厨");
  await page.getByTestId("place-type").click();
  await page.locator(".el-select-dropdown__item:not(.is-disabled):visible").first().click();
  await page.getByTestId("save-place").click();
  await page.getByTestId(`look-${gb_id}`).waitFor();
}

async function twoPlatforms(harness) {
  const binary = process.env.WATCHFIRE_BINARY;
  if (!binary) throw new Error("WATCHFIRE_BINARY names no program for the platform below");
  const lower = await Instance.start(binary);
  try {
    await throughBoth(harness, lower);
  } finally {
    await harness.close("lower unit");
    await lower.stop();
  }
}

async function throughBoth(harness, lower) {
  const above = await harness.as("unit");
  const gb_id = platformId();
  const { id, address } = await enterLower(above, gb_id);
  const below = await harness.signIn("lower unit", lower.links["unit"]);
  await enterUpper(below, { name: "故事上级平台", server_id: id, address, transport: "UDP", own_id: gb_id });
  await until(async () => (await stateOf(below)) === "registered", "the lower platform is registered above", REGISTER_MS);
  const channel = await sharedChannel(below);

  await placeChannel(above, channel);
  await above.getByTestId(`look-${channel}`).click();
  await plays(above);
  await moves(above.locator("[data-testid=live-video] video").first(), "the picture from below is decoded and moves");
  await openTab(below, "upper-tabs", "facts");
  await below.getByTestId("upper-sessions").getByText("食堂后厨通道").first().waitFor();
  await above.keyboard.press("Escape");
  await above.getByTestId("channel-drawer").waitFor({ state: "hidden" });

  await above.getByTestId(`replay-${channel}`).click();
  await above.getByTestId("why-patrol").click();
  await above.getByTestId("why-send").click();
  await above.getByTestId("recording-table").locator("tbody tr button").first().click({ timeout: 30_000 });
  const player = above.getByTestId("recording-video");
  await until(async () => (await player.getAttribute("data-state")) === "playing", "the recording of the lower recorder plays", 30_000);
  await moves(player.locator("video"), "the recording is decoded and moves");
  await above.keyboard.press("Escape");

  await above.getByTestId(`camera-${channel}`).click();
  await above.getByTestId("camera-table").getByText("下级平台的后厨").waitFor();
}

export const cascadeStory = [
  { name: "cascade: an upper platform is entered, what it is shown is seen, it is switched off and removed", roles: ["unit"], run: entering },
  { name: "cascade: a picture and a recording pass through two platforms", roles: ["unit"], run: twoPlatforms },
];
