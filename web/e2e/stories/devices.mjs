// Devices: a recorder is entered and its diagnosis says why it is not there; a simulated one is there, its channels have pictures, and it hears
// who speaks.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { plays } from "../desk.mjs";
import { expect, until } from "../harness.mjs";

/** Ids of education devices of the province that nobody has entered: the last digits are of this run. */
const freshId = () => `36010200111187${String(Date.now() % 1_000_000).padStart(6, "0")}`;

async function openSimulated(harness, role) {
  const page = await harness.as(role);
  await harness.open(page, "/devices");
  // What a story before searched for is not what this one wants.
  await page.getByTestId("device-search").fill("");
  const row = page.getByTestId("device-table").locator("tbody tr", { has: page.locator("[data-device-state=online]") }).first();
  await row.waitFor({ timeout: 60_000 });
  await row.locator("a[data-testid^=device-]").click();
  await page.getByTestId("device-facts").waitFor();
  return page;
}

const openTab = (page, name) => page.getByTestId("device-tabs").locator(`#tab-${name}`).click();

async function entering(harness) {
  const page = await harness.as("unit");
  await harness.open(page, "/devices");
  const card = page.getByTestId("access-card");
  await card.waitFor();
  expect(/^\d{20}$/.test(await page.getByTestId("access-id").innerText()), "the parameters name the platform's id");
  expect(/^\d+$/.test(await page.getByTestId("access-port").innerText()), "and its port");
  await page.getByTestId("waiting").waitFor();
  await page.getByTestId("add-device").click();
  await page.getByTestId("device-gb-id").fill("36010200");
  const gb_id = freshId();
  await page.getByTestId("device-gb-id").fill(gb_id);
  const said = await page.getByTestId("gb-id-said").innerText();
  expect(/教育/.test(said) && /录像机/.test(said), `the digits are explained: ${said}`);
  await page.getByTestId("device-name").fill("故事录像机");
  await page.getByTestId("save-device").click();
  const secret = await page.getByTestId("made-secret").innerText();
  expect(secret.length === 16, "the platform made a secret and shows it");
  await page.getByTestId("secret-seen").click();
  await page.getByTestId("to-diagnosis").click();
  const steps = page.getByTestId("diagnosis-steps");
  await steps.waitFor();
  expect((await steps.locator("[data-step=entered]").getAttribute("data-step-state")) === "good", "it is entered");
  expect((await steps.locator("[data-step=heard]").getAttribute("data-step-state")) === "bad", "nothing was ever heard of it");
  expect(!(await page.content()).includes(secret), "the secret is nowhere any more");
  await openTab(page, "settings");
  await page.getByTestId("remove-device").click();
  await page.locator(".el-message-box__btns .el-button--primary").click();
  await page.getByTestId("device-table").waitFor();
  await page.getByTestId("device-search").fill(gb_id);
  await until(async () => (await page.getByTestId(`device-${gb_id}`).count()) === 0, "the removed device is gone");
}

/** A sheet as a spreadsheet program saves it. */
const sheet = (name, rows) => ({ name, mimeType: "text/csv", buffer: Buffer.from(`\uFEFF${rows.map((row) => row.join(",")).join("\r\n")}\r\n`) });

async function importing(harness) {
  const page = await harness.as("unit");
  await harness.open(page, "/devices");
  const unit_id = await page.evaluate(async () => (await (await fetch("/api/session")).json()).user.scope.id);
  const ids = [freshId(), freshId().replace(/^(.{10})118/, "$1132")];
  const header = ["设备编号", "设备名称", "单位编号", "接入密码"];
  const rows = ids.map((gb_id, number) => [gb_id, `表格设备${number + 1}`, unit_id, ""]);
  await page.getByTestId("import-devices").click();
  const verdict = page.getByTestId("device-import-verdict");
  const apply = page.getByTestId("device-import-apply");
  await page.getByTestId("device-import-file").setInputFiles(sheet("wrong.csv", [header, rows[0], ["12345", "缺位设备", unit_id, ""]]));
  await verdict.waitFor();
  expect(await apply.isDisabled(), "one wrong row, and nothing can be entered");
  expect((await page.getByTestId("device-import").innerText()).includes("12345"), "the wrong value is shown");
  await page.getByTestId("device-import-file").setInputFiles(sheet("right.csv", [header, ...rows]));
  await until(async () => !(await apply.isDisabled()), "the mended sheet may be entered");
  await apply.click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("keep-secrets").click()]);
  const kept = await readFile(await download.path(), "utf8");
  expect(/表格设备1.+\S{16}/.test(kept) && kept.includes("表格设备2"), "the secrets that were made are in the file");
  await page.keyboard.press("Escape");
  for (const gb_id of ids) {
    await page.getByTestId("device-search").fill(gb_id);
    await page.getByTestId(`device-${gb_id}`).waitFor();
  }
}

async function looking(harness) {
  const page = await openSimulated(harness, "unit");
  await openTab(page, "diagnosis");
  await until(async () => (await page.locator("[data-step=registered]").getAttribute("data-step-state")) === "good", "it is registered");
  await openTab(page, "channels");
  await page.getByTestId("channel-table").locator("tbody tr").first().waitFor();
  const look = page.locator("[data-testid^=look-]").first();
  await look.waitFor({ timeout: 60_000 });
  await look.click();
  await plays(page);
  await page.getByTestId("ptz-pad").waitFor();
  await page.getByTestId("capture").click();
  const picture = page.getByTestId("capture-picture");
  await picture.waitFor({ timeout: 40_000 });
  expect((await picture.getAttribute("data-from")) === "device", "the recorder of 2022 made the picture itself");
  await until(async () => picture.evaluate((image) => image.naturalWidth > 0), "the picture is shown");
  const [kept] = await Promise.all([page.waitForEvent("download"), page.getByTestId("capture-save").click()]);
  expect(/^\d{20}-\d{14}\.jpg$/.test(kept.suggestedFilename()), `the picture is kept as ${kept.suggestedFilename()}`);
  await page.getByTestId("cruises").waitFor();
  await page.getByTestId("precise").scrollIntoViewIfNeeded();
  await page.keyboard.press("Escape");
}

async function setting(harness) {
  const page = await openSimulated(harness, "unit");
  await openTab(page, "upkeep");
  await page.getByTestId("device-condition").waitFor();
  await page.getByTestId("device-cards").waitFor();
  const misses = page.getByTestId("parameter-keepalive_misses").locator("input");
  await misses.waitFor();
  const before = Number(await misses.inputValue());
  const after = before === 5 ? 4 : 5;
  expect(await page.getByTestId("save-parameters").isDisabled(), "nothing is changed, nothing to write");
  await misses.fill(String(after));
  await misses.press("Tab");
  await page.getByTestId("save-parameters").click();
  await page.locator(".el-message-box__btns .el-button--primary").click();
  await page.locator(".el-message--success").waitFor();
  await page.getByTestId("ask-condition").click();
  await until(async () => Number(await misses.inputValue()) === after && (await page.getByTestId("save-parameters").isDisabled()), "the device tells what was written");
}

async function replaying(harness) {
  const page = await openSimulated(harness, "unit");
  await openTab(page, "channels");
  await page.locator("[data-testid^=replay-]").first().click();
  await page.getByTestId("why-patrol").click();
  await page.getByTestId("why-send").click();
  await page.getByTestId("recording-table").locator("tbody tr button").first().click();
  const player = page.getByTestId("recording-video");
  await until(async () => (await player.getAttribute("data-state")) === "playing", "the recording plays", 30_000);
  await page.getByTestId("playback-halt").click();
  await until(async () => (await player.getAttribute("data-state")) === "paused", "the recording is halted");
  await page.keyboard.press("Escape");
}

/** What the simulated devices say that they heard, in the log of the server that runs them: samples and loudness. */
function heardVoices() {
  const log_path = process.env.WATCHFIRE_LOG;
  if (!log_path) throw new Error("WATCHFIRE_LOG names no log of the server");
  const told = readFileSync(log_path, "utf8").split("\n").filter((line) => line.includes("heard a voice"));
  return told.map((line) => ({ samples: Number(/samples=(\d+)/.exec(line)?.[1]), rms: Number(/rms=(\d+)/.exec(line)?.[1]) }));
}

/** Silence in A-law is 8; the browser's beep is far above. */
const LOUD = 100;

async function speaking(harness) {
  const page = await openSimulated(harness, "unit");
  await openTab(page, "channels");
  const look = page.locator("[data-testid^=look-]").first();
  await look.waitFor({ timeout: 60_000 });
  await look.click();
  const button = page.getByTestId("voice-button");
  await button.waitFor();
  const before = heardVoices().length;
  await button.focus();
  await page.keyboard.down("Space");
  await until(async () => (await button.getAttribute("data-state")) === "speaking", "the device listens", 20_000);
  await page.waitForTimeout(3_000);
  expect((await button.getAttribute("data-state")) === "speaking", "it listens as long as the key is held");
  await page.keyboard.up("Space");
  await until(async () => (await button.getAttribute("data-state")) === "idle", "letting go ends it");
  expect((await page.getByTestId("voice-trouble").count()) === 0, "nothing went wrong");
  await until(() => heardVoices().length > before, "the recorder tells what it heard");
  const heard = heardVoices().at(-1);
  expect(heard.samples > 16_000, `it heard three seconds: ${heard.samples} samples`);
  expect(heard.rms > LOUD, `it heard the beep of the browser's microphone: loudness ${heard.rms}`);
  await page.keyboard.press("Escape");
}

export const devicesStory = [
  { name: "devices: a recorder is entered, its secret shown once, and the diagnosis says why it is not there", roles: ["unit"], run: entering },
  { name: "devices: a spreadsheet is refused with its wrong row, entered when mended, and its secrets kept", roles: ["unit"], run: importing },
  { name: "devices: the parameters that lie at a recorder are read and written", roles: ["unit"], run: setting },
  { name: "devices: a simulated recorder registers and its channel has a picture and makes a capture", roles: ["unit"], run: looking },
  { name: "devices: a recording at the recorder is played and halted", roles: ["unit"], run: replaying },
  { name: "devices: whoever holds the button is heard at the recorder", roles: ["unit"], run: speaking },
];
