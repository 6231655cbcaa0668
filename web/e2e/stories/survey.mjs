// Site survey: what a scan found is read in the browser, and a camera comes out of it.
import { expect, until } from "../harness.mjs";

/** Where the camera of the story hangs: this machine, at an address at which nothing answers. */
const FRESH = "127.0.0.64";
const KNOWN = "127.0.0.1";

const line = (address, verdict, more) => ({
  address, ports: [554, 80], protocols: ["rtsp", "onvif"], onvif_port: 80, maker: "海康威视", maker_is_guessed: false, model: null, needs_password: true, clock_skew_ms: null, streams: [],
  can_be_reused: { verdict, reason_code: "streams_known", reason_zh: "码流地址已取得，可直接作为摄像机接入", reason_en: "its streams are known: enter it as a camera" }, ...more,
});
const stream = (name, rtsp_url, width, height) => ({ name, encoding: "H.264", width, height, rtsp_url, refusal: null });
const reason = (verdict, reason_code, reason_zh, reason_en) => ({ can_be_reused: { verdict, reason_code, reason_zh, reason_en } });

/** A file as the scan writes it, with one line that a full disk has cut. */
function scanned(simulated) {
  const at = (host) => simulated.replace("127.0.0.1", host);
  const streams = (host) => [stream("sub", `${at(host)}-sub`, 640, 360), stream("main", at(host), 1920, 1080)];
  const whole = [
    line(FRESH, "yes", { model: "DS-2CD2143", clock_skew_ms: -7_200_000, streams: streams(FRESH) }),
    line(KNOWN, "yes", { maker: "大华", maker_is_guessed: true, streams: streams(KNOWN) }),
    line("192.168.1.9", "perhaps", reason("perhaps", "needs_password", "支持 ONVIF，但设备需要用户名和密码", "speaks ONVIF, but: user name and password are needed")),
    line("192.168.1.10", "perhaps", { protocols: ["sip"], maker: null, ...reason("perhaps", "register_by_gb28181", "有 SIP 服务：请由设备注册到本平台", "SIP answers: let the device register here") }),
    line("192.168.1.100", "no", { protocols: [], ports: [80], maker: null, ...reason("no", "no_camera_protocol", "端口开放，但不是摄像机", "ports are open, but it is no camera") }),
  ].map((row) => JSON.stringify(row));
  const lines = [...whole.slice(0, 2), whole[2].slice(0, 80), ...whole.slice(2)];
  return { name: "site.jsonl", mimeType: "application/octet-stream", buffer: Buffer.from(`${lines.join("\n")}\n`) };
}

const camerasOf = (page) => page.evaluate(async () => (await (await fetch("/api/cameras?limit=200")).json()).items);

async function removeFresh(page) {
  for (const camera of await camerasOf(page)) {
    if (camera.address.includes(FRESH)) await page.evaluate((id) => fetch(`/api/cameras/${id}`, { method: "DELETE" }), camera.id);
  }
}

/** Drops a file somewhere on the page. */
async function drop(page, name, text) {
  const files = await page.evaluateHandle(([of, content]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], of));
    return transfer;
  }, [name, text]);
  await page.dispatchEvent("aside", "drop", { dataTransfer: files });
}

async function surveying(harness) {
  const page = await harness.as("unit");
  await harness.open(page, "/cameras");
  await page.getByTestId("to-survey").click();
  expect((await page.getByTestId("survey-how").innerText()).includes("watchfire scan"), "the empty page says what to run");
  const simulated = (await camerasOf(page)).find((camera) => camera.simulated && camera.address.startsWith(`rtsp://${KNOWN}:`));
  expect(simulated, "the unit has a simulated camera");
  await drop(page, "empty.jsonl", "\n");
  expect((await page.getByTestId("survey-trouble").innerText()).includes("空"), "a file without devices is refused with the reason");
  const uploads = [];
  page.on("request", (request) => uploads.push(...(request.method() === "POST" ? [request.url()] : [])));
  await page.getByTestId("survey-file").setInputFiles(scanned(simulated.address));
  const table = page.getByTestId("survey-table");
  await table.waitFor();
  expect(uploads.length === 0, `the file stays in the browser: ${uploads}`);
  for (const [verdict, count] of [["all", 5], ["yes", 2], ["perhaps", 2], ["no", 1]]) {
    const shown = (await page.getByTestId(`survey-count-${verdict}`).locator("b").innerText()).trim();
    expect(shown === String(count), `${verdict}: ${shown} instead of ${count}`);
  }
  expect((await page.getByTestId("survey-bad").innerText()).includes("第 3 行"), "the broken line is told by its number");
  const addresses = await table.locator("tbody [data-testid^='survey-1'].num").allInnerTexts();
  expect(addresses.join(" ") === `${KNOWN} ${FRESH} 192.168.1.9 192.168.1.10 192.168.1.100`, `sorted as numbers: ${addresses.join(" ")}`);
  await page.getByTestId(`survey-entered-${KNOWN}`).waitFor();
  await page.getByTestId("survey-device-192.168.1.10").waitFor();
  await page.getByTestId("survey-count-yes").click();
  await until(async () => (await table.locator("tbody tr").count()) === 2, "a number is a filter");
  try {
    await enterFresh(page, simulated.address.replace(KNOWN, FRESH));
  } finally {
    await removeFresh(page);
  }
}

async function enterFresh(page, address) {
  await page.getByTestId(`survey-add-${FRESH}`).click();
  expect((await page.getByTestId("camera-address").inputValue()) === address, "the largest stream is the address");
  expect((await page.getByTestId("camera-sub-address").inputValue()) === `${address}-sub`, "the small one is the sub-stream");
  await page.getByTestId("camera-name").fill("普查接入的走廊");
  await page.getByTestId("camera-place").click();
  await page.locator(".el-select-dropdown__item:not(.is-disabled):visible").first().click();
  await page.getByTestId("save-camera").click();
  await page.getByTestId(`survey-entered-${FRESH}`).waitFor();
  expect((await camerasOf(page)).some((camera) => camera.address === address), "the camera is entered");
}

export const surveyStory = [{ name: "survey: a scan is read and a camera entered from it", roles: ["unit"], run: surveying }];
