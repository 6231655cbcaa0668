// Moves on the alarm desk that several stories make.
import { until } from "./harness.mjs";

/** What the server answers to the person of a page: the status and the body. */
export const ask = (page, path, body, method = "POST") =>
  page.evaluate(async ([address, content, verb]) => {
    const sent = content === undefined ? {} : { method: verb, headers: { "content-type": "application/json" }, body: JSON.stringify(content) };
    const answer = await fetch(address, sent);
    return { status: answer.status, body: await answer.json().catch(() => null) };
  }, [path, body, method]);

export const card = (page) => page.getByTestId("alarm-card");

export async function waitForState(page, state) {
  await until(async () => (await card(page).getAttribute("data-state")) === state, `the alarm is ${state}`);
}

/** Presses the key of an event once the server offers it. */
export async function press(page, event, key) {
  await page.getByTestId(`act-${event}`).waitFor();
  await page.keyboard.press(key);
}

export async function offers(page, event) {
  return page.getByTestId(`act-${event}`).isVisible();
}

/** True when the live picture plays: it says so, and its time moves on. */
export async function plays(page) {
  const video = page.locator("[data-testid=live-video] video");
  await until(async () => (await page.getByTestId("live-video").first().getAttribute("data-state")) === "live", "the live picture is live", 30_000);
  const time = () => video.first().evaluate((element) => element.currentTime);
  const before = await time();
  await until(async () => (await time()) > before + 0.5, "the live picture moves");
}

/** True when a video shows one decoded picture after the other. */
export async function moves(video, what) {
  const look = () => video.evaluate((element) => [element.currentTime, element.getVideoPlaybackQuality().totalVideoFrames]);
  const [time, frames] = await look();
  await until(async () => {
    const [now, decoded] = await look();
    return now > time + 0.5 && decoded > frames + 5;
  }, what, 30_000);
}

/** Uses the live picture as the result picture and sends. */
export async function handleWithLivePicture(page) {
  await page.getByTestId("grab-live").click();
  await page.getByTestId("result-preview").waitFor();
  await page.getByTestId("event-note").fill("现场已处置，无人员伤亡。");
  await page.keyboard.press("Control+Enter");
}
