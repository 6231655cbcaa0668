// Cameras: pictures on patrol, plain words for what is wrong, and no camera where the law forbids one.
import { plays } from "../desk.mjs";
import { expect, until } from "../harness.mjs";

async function patrol(harness) {
  const page = await harness.as(harness.oneOf("unit", "duty_guard"));
  await openCamera(page, harness);
  await plays(page);
  await page.keyboard.press("Escape");
}

/** Keeps the page's connections where a story can ask them what they have counted. */
function keepLines() {
  const Line = window.RTCPeerConnection;
  window.lines = [];
  window.RTCPeerConnection = class extends Line {
    constructor(...settings) {
      super(...settings);
      window.lines.push(this);
    }
  };
}

async function decoded(page) {
  return page.evaluate(async () => {
    const line = window.lines.at(-1);
    const entries = line ? [...(await line.getStats()).values()] : [];
    return entries.find((entry) => entry.type === "inbound-rtp")?.framesDecoded ?? 0;
  });
}

async function openCamera(page, harness) {
  await harness.open(page, "/patrol");
  const online = page.locator("[data-testid^=tile-]", { has: page.locator("[data-camera-state=online]") }).first();
  await online.click();
}

async function byWebRtc(harness) {
  const page = await harness.as(harness.oneOf("unit", "duty_guard"));
  const can = await page.evaluate(() => RTCRtpReceiver.getCapabilities("video").codecs.some((codec) => codec.mimeType === "video/H264"));
  expect(can, "this browser receives H.264 by WebRTC");
  await page.addInitScript(keepLines);
  await page.reload();
  await openCamera(page, harness);
  const rung = page.getByTestId("live-rung");
  await rung.waitFor();
  expect((await rung.getAttribute("data-transport")) === "WebRTC", `the picture comes by WebRTC: ${await rung.innerText()}`);
  const before = await decoded(page);
  await until(async () => (await decoded(page)) > before + 5, "pictures are decoded one after the other");
  await until(async () => /H\.264 · \d+×\d+ · 主码流/.test(await rung.innerText()), "coding, size and stream are said");
  await page.getByTestId("live-kind").click();
  await until(async () => (await rung.getAttribute("data-stream").catch(() => null)) === "sub", "the sub-stream comes when it is asked for", 15_000);
  await page.keyboard.press("Escape");
}

/** A network that lets no UDP through, played by an answer that leads nowhere. */
async function bySocket(harness) {
  const page = await harness.as(harness.oneOf("unit", "duty_guard"));
  await page.route(/\/whep\?/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replaceAll(/a=candidate:.*/g, "a=candidate:1 1 udp 1 192.0.2.1 9 typ host") });
  });
  await page.reload();
  const began_ms = Date.now();
  await openCamera(page, harness);
  const rung = page.getByTestId("live-rung");
  await rung.waitFor();
  expect((await rung.getAttribute("data-transport")) === "MSE", `the picture comes by WebSocket: ${await rung.innerText()}`);
  expect(Date.now() - began_ms < 10_000, "it came soon");
  await plays(page);
  await page.keyboard.press("Escape");
  await page.unroute(/\/whep\?/);
  await page.reload();
}

async function troubleInWords(harness) {
  const page = await harness.as(harness.oneOf("unit", "duty_guard"));
  await harness.open(page, "/cameras");
  const rows = page.getByTestId("camera-table").locator("tbody tr");
  await rows.first().waitFor();
  const broken = rows.filter({ has: page.locator("[data-camera-state]:not([data-camera-state=online])") }).first();
  await broken.waitFor();
  const reason = await broken.locator("td").nth(3).innerText();
  expect(reason.trim().length > 3, `a camera in trouble says why: "${reason}"`);
}

async function forbiddenPlace(harness) {
  const page = await harness.as("unit");
  await harness.open(page, "/cameras");
  await page.getByTestId("add-camera").click();
  await page.getByTestId("camera-place").click();
  const toilet = page.locator(".el-select-dropdown__item.is-disabled:visible").first();
  await toilet.waitFor();
  expect((await toilet.innerText()).includes("799"), "a forbidden place is shown with its reason");
  await page.keyboard.press("Escape");
  await page.getByTestId("camera-form").getByRole("button", { name: "取消" }).click();
  await page.getByTestId("camera-form").waitFor({ state: "hidden" });
}

export const camerasStory = [
  { name: "cameras: patrol shows a camera live", roles: [], run: patrol },
  { name: "cameras: the large picture comes by WebRTC", roles: [], run: byWebRtc },
  { name: "cameras: without UDP the picture comes by WebSocket", roles: [], run: bySocket },
  { name: "cameras: one in trouble says why in plain words", roles: [], run: troubleInWords },
  { name: "cameras: no camera where the law forbids one", roles: ["unit"], run: forbiddenPlace },
];
