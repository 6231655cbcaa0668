// Recordings: why comes before the first picture, the time line leads to any second, the register tells who looked, an export is what left the
// platform, and whoever runs the machine sees the disk.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Bucket } from "../bucket.mjs";
import { moves } from "../desk.mjs";
import { expect, until } from "../harness.mjs";

const film = (page) => page.getByTestId("film").first();
const shown = (page) => film(page).locator("video.front");
const stateOf = (page) => film(page).getAttribute("data-state");
const momentOf = async (page) => Number(await film(page).getAttribute("data-at"));
/** Seconds of footage that a story needs: a fresh platform has none before its first file is safe. */
const FOOTAGE_S = 45;
const FOOTAGE_WITHIN_MS = 180_000;

/** A camera of the asker of which enough was recorded. */
async function recordedCamera(page) {
  let found = null;
  await until(async () => {
    const cameras = await page.evaluate(async () => (await (await fetch("/api/cameras?limit=200")).json()).items);
    const lasts_s = (one) => (Date.parse(one.recording.recorded_until) - Date.parse(one.recording.since)) / 1000;
    found = cameras.find((one) => one.state === "online" && one.recording.recorded_until && lasts_s(one) > FOOTAGE_S) ?? null;
    return found !== null;
  }, "a camera has been recorded for a while", FOOTAGE_WITHIN_MS);
  return found;
}

/** Says why and waits for the picture; the address of the film. */
async function lookAt(harness, page, reason) {
  const camera = await recordedCamera(page);
  await harness.open(page, "/patrol");
  await harness.open(page, `/recordings?camera=${camera.id}`);
  await page.getByTestId("reason-dialog").waitFor();
  expect((await page.getByTestId("film").count()) === 0, "nothing is shown before a reason is given");
  await page.getByTestId(`why-${reason}`).click();
  const asked = page.waitForRequest((request) => request.url().includes("/recording.mp4"));
  asked.catch(() => undefined);
  await page.getByTestId("why-send").click();
  try {
    await until(async () => (await stateOf(page)) === "paused", "the first picture stands", 30_000);
  } catch (error) {
    const words = (await film(page).locator("figcaption").innerText().catch(() => "no film")).replaceAll("\n", " ");
    throw new Error(`${error.message} (${camera.name}: ${await stateOf(page).catch(() => "no film")}, ${words})`, { cause: error });
  }
  return (await asked).url();
}

/** What a player of playlists says of the same film, in a browser that has one. */
async function playedAsList(page, address) {
  return page.evaluate(async (src) => {
    const video = document.createElement("video");
    if (!video.canPlayType("application/vnd.apple.mpegurl")) return "no player";
    Object.assign(video, { muted: true, src });
    document.body.append(video);
    video.play().catch(() => undefined);
    for (let look = 0; look < 75 && video.currentTime < 1 && !video.error; look += 1) await new Promise((done) => setTimeout(done, 200));
    const said = video.error?.message ?? (video.currentTime >= 1 ? "plays" : "stands still");
    video.remove();
    return said;
  }, address.replace("recording.mp4", "recording.m3u8"));
}

/** Makes the time line a minute wide about the moment shown, drags that moment to its left end and clicks where a later one lies. */
async function clickLater(page, later_ms) {
  const bar = page.getByTestId("time-bar");
  const box = await bar.boundingBox();
  const shareOf = async (at_ms) => {
    const [from_ms, to_ms] = await bar.evaluate((canvas) => [Number(canvas.dataset.from), Number(canvas.dataset.to)]);
    return (at_ms - from_ms) / (to_ms - from_ms);
  };
  for (let turn = 0; turn < 40; turn += 1) {
    await page.mouse.move(box.x + (await shareOf(await momentOf(page))) * box.width, box.y + 30);
    await page.mouse.wheel(0, -100);
  }
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 10, box.y + 30, { steps: 5 });
  await page.mouse.up();
  const target_ms = (await momentOf(page)) + later_ms;
  await bar.click({ position: { x: (await shareOf(target_ms)) * box.width, y: 36 } });
  return target_ms;
}

/** Which film is shown, and where in it. */
const pictureOf = async (page) => shown(page).evaluate((video) => ({ film: video.currentSrc, at_s: video.currentTime }));

async function guardLooks(harness) {
  const page = await harness.as("duty_guard");
  const address = await lookAt(harness, page, "duty_check");
  const as_list = await playedAsList(page, address);
  if (as_list === "no player") harness.troubles.push("recordings: this browser plays no playlists, so none was tried");
  else expect(as_list === "plays", `as a playlist: ${as_list}`);
  const first_ms = await momentOf(page);
  await page.keyboard.press("Space");
  await moves(shown(page), "the recording plays");
  expect((await momentOf(page)) > first_ms, "the clock of the picture goes on");
  const before = await pictureOf(page);
  const target_ms = await clickLater(page, 15_000);
  await until(async () => (await momentOf(page)) > target_ms - 2_000 && (await stateOf(page)) === "playing", "the click on the time line leads there");
  const after = await pictureOf(page);
  expect(after.film !== before.film || after.at_s - before.at_s > 10, `the picture went along: ${before.at_s} s, then ${after.at_s} s of the same film`);
  await moves(shown(page), "it plays on from there");
  await page.keyboard.press("Space");
  await until(async () => (await stateOf(page)) === "paused", "it halts");
  const still_ms = await momentOf(page);
  await page.keyboard.press(".");
  await until(async () => (await momentOf(page)) > still_ms, "a key shows the next picture");
  expect((await momentOf(page)) - still_ms < 1_000, "and not more than that");
  expect((await page.getByTestId("export").count()) + (await page.getByTestId("mark-in").count()) + (await page.getByTestId("open-exports").count()) === 0, "who may take nothing along sees no export");
}

async function auditorReads(harness) {
  const page = await harness.as("auditor");
  await harness.open(page, "/lookups");
  const row = page.getByTestId("lookup-table").locator("tbody tr", { hasText: "值守核查" }).first();
  await row.waitFor();
  const words = await row.innerText();
  expect(/值班员/.test(words) && /录像回放/.test(words), `the row tells who and how: ${words.replaceAll("\n", " ")}`);
  expect((await page.getByTestId("menu-recordings").count()) === 0, "who reads the register does not look at recordings");
  const [sheet] = await Promise.all([page.waitForEvent("download"), page.getByTestId("lookup-sheet").click()]);
  expect((await readFile(await sheet.path(), "utf8")).includes("值守核查"), "the register is saved as a sheet");
}

/** Marks from where the picture stands so many times ten seconds on. */
async function markStretch(page, tens) {
  await page.getByTestId("mark-in").click();
  for (let ten = 0; ten < tens; ten += 1) await page.keyboard.press("ArrowRight");
  await until(async () => (await stateOf(page)) === "paused", "it stands again");
  await page.getByTestId("mark-out").click();
  await page.getByTestId("selection-words").waitFor();
}

async function exported(harness) {
  const page = await harness.as("unit");
  await lookAt(harness, page, "patrol");
  await markStretch(page, 2);
  await page.getByTestId("export").click();
  await page.getByTestId("reason-dialog").waitFor();
  await page.getByTestId("why-authority").click();
  expect(await page.getByTestId("why-send").isDisabled(), "an authority's request needs its paper");
  await page.getByTestId("why-note").fill("调取证据通知书〔2026〕1号");
  await page.getByTestId("why-send").click();
  const job = page.getByTestId("export-card").first();
  await until(async () => (await job.getAttribute("data-export-state")) === "done", "the export is written", 90_000);
  const fetched = async (link) => {
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    return readFile(await download.path());
  };
  const manifest = JSON.parse((await fetched(job.getByTestId("file-manifest.json"))).toString("utf8"));
  const bytes = await fetched(job.locator("[data-testid$='.mp4']").first());
  const digest = createHash("sha256").update(bytes).digest("hex");
  expect(manifest.files[0].sha256 === digest, "the film is the one that the manifest names");
  expect(bytes.subarray(4, 8).toString("latin1") === "ftyp", "and it is an MP4 file");
  await page.keyboard.press("Escape");
}

/** Draws a rectangle on the still of the film, from a quarter to the middle. */
async function drawArea(page) {
  const board = page.getByTestId("area-board");
  await board.scrollIntoViewIfNeeded();
  const box = await board.boundingBox();
  const at = (share) => [box.x + box.width * share, box.y + box.height * share];
  await page.mouse.move(...at(0.25));
  await page.mouse.down();
  await page.mouse.move(...at(0.5), { steps: 4 });
  await page.mouse.up();
  expect((await page.getByTestId("hidden-area").count()) === 1, "the area is drawn");
}

async function copyWithoutPeople(harness) {
  const page = await harness.as("unit");
  await lookAt(harness, page, "patrol");
  await markStretch(page, 1);
  await page.getByTestId("export").click();
  await page.getByTestId("reason-dialog").waitFor();
  await page.getByTestId("why-patrol").click();
  await page.getByTestId("export-copy").click();
  expect(await page.getByTestId("watermark").locator("input").isChecked(), "a copy has the name on it unless told otherwise");
  await page.getByTestId("hide-people").click();
  await drawArea(page);
  await page.getByTestId("why-send").click();
  const job = page.getByTestId("export-card").first();
  await until(async () => (await job.getAttribute("data-export-state")) === "done", "the copy is written", 120_000);
  expect(/水印/.test(await job.getByTestId("altered").innerText()), "the card says that it is a copy and what was done");
  const name = await job.locator("[data-testid$='.mp4']").first().innerText();
  expect(name.endsWith("-altered.mp4"), `so does the file: ${name}`);
  const width = await page.evaluate(async (src) => {
    const video = Object.assign(document.createElement("video"), { muted: true, src });
    await new Promise((done, failed) => Object.assign(video, { onloadeddata: done, onerror: () => failed(new Error(video.error?.message)) }));
    return video.videoWidth;
  }, await job.locator("a[data-testid$='.mp4']").first().getAttribute("href"));
  expect(width > 0, "the copy plays");
  await page.keyboard.press("Escape");
}

async function keptByLaw(harness) {
  const page = await harness.as("unit");
  await lookAt(harness, page, "patrol");
  await markStretch(page, 1);
  await page.getByTestId("delete").click();
  await page.getByTestId("delete-dialog").waitFor();
  expect(await page.getByTestId("delete-send").isDisabled(), "a deletion needs its reason");
  await page.getByTestId("delete-note").fill("故事：试着删除今天的录像");
  const [answer] = await Promise.all([page.waitForResponse((one) => one.url().includes("/recording/deletions")), page.getByTestId("delete-send").click()]);
  // Ten seconds hold a whole file of a minute only where the first one was short; then it has to be kept.
  const said = answer.status() === 409 ? "problem" : "nothing-whole";
  await page.getByTestId("delete-dialog").getByTestId(said).waitFor();
  expect(answer.status() === 409 || (await answer.json()).segments === 0, `nothing goes: ${answer.status()}`);
  await page.getByTestId("delete-dialog").getByRole("button", { name: "取消" }).click();
}

async function storage(harness) {
  const page = await harness.as("system_admin");
  await harness.open(page, "/storage");
  const disk = page.getByTestId("disk-card").first();
  await disk.waitFor();
  expect((await disk.getAttribute("data-disk-state")) === "active", "the disk is in use");
  expect(/录像/.test(await page.getByTestId("standing").innerText()), "it says how many cameras are being recorded");
  expect((await page.locator("#tab-health").count()) === 0, "who runs the machine sees nothing of the schools");
}

async function bucketTakes(harness) {
  const page = await harness.as("system_admin");
  const bucket = await Bucket.start();
  await harness.open(page, "/storage");
  await page.getByTestId("add-disk").click();
  const form = page.getByTestId("disk-form");
  await form.getByText("对象存储（S3）").click();
  await form.getByTestId("disk-name").fill("异地存储桶");
  await form.getByTestId("bucket-endpoint").fill("http://127.0.0.1:9");
  await form.getByTestId("bucket-name").fill("footage");
  await form.getByTestId("bucket-key").fill("SCHOOLKEY");
  await form.getByTestId("bucket-secret").fill("open-sesame");
  await form.getByTestId("save-disk").click();
  await form.getByText("does not answer").waitFor();
  await form.getByTestId("bucket-endpoint").fill(bucket.url);
  await form.getByTestId("bucket-takes").click();
  await page.getByRole("option", { name: "全部录像" }).click();
  await form.getByTestId("bucket-after").locator("input").fill("0");
  await form.getByTestId("save-disk").click();
  const card = page.locator("[data-disk-kind='s3']");
  await card.waitFor();
  expect(/异地存储桶/.test(await card.innerText()) && /等待转存/.test(await card.innerText()), "the card says what waits");
  await until(async () => bucket.films().length > 0, "a finished file has moved", 150_000);
  const told = await page.evaluate(async () => (await (await fetch("/api/recording/disks")).text()));
  expect(told.includes("SCHOOLKEY") && !told.includes("open-sesame"), "the secret is not told");
}

async function fromAlarm(harness) {
  const page = await harness.as("unit");
  let alarm = null;
  await until(async () => {
    const alarms = await page.evaluate(async () => (await (await fetch("/api/alarms?state=all&limit=200")).json()).items);
    alarm = alarms.find((one) => one.camera_id) ?? null;
    return alarm !== null;
  }, "there is an alarm of a camera", 120_000);
  await harness.open(page, `/alarms/${alarm.id}`);
  await page.getByTestId("to-footage").click();
  await page.getByTestId("reason-dialog").waitFor();
  expect(await page.getByTestId("why-alarm_check").locator("input").isChecked(), "the reason is the alarm already");
  await page.getByTestId("why-send").click();
  await film(page).waitFor();
  const apart_ms = Math.abs((await momentOf(page)) - Date.parse(alarm.times.occurred_at));
  expect(apart_ms < 600_000, `the picture stands near the alarm: ${apart_ms} ms`);
}

export const recordingsStory = [
  { name: "recordings: a guard says why, plays, and goes by the time line", roles: ["duty_guard"], run: guardLooks },
  { name: "recordings: the auditor reads who looked and why", roles: ["auditor", "duty_guard"], run: auditorReads },
  { name: "recordings: a stretch is exported, downloaded, and is what the manifest says", roles: ["unit"], run: exported },
  { name: "recordings: a copy leaves without people and with a name on it", roles: ["unit"], run: copyWithoutPeople },
  { name: "recordings: what the law keeps is not deleted by hand", roles: ["unit"], run: keptByLaw },
  { name: "recordings: an alarm leads to its footage with the reason given", roles: ["unit"], run: fromAlarm },
  { name: "recordings: whoever runs the machine sees the disk", roles: ["system_admin"], run: storage },
  { name: "recordings: finished files move to a bucket", roles: ["system_admin"], run: bucketTakes },
];
