// Cameras: pictures on patrol, plain words for what is wrong, and no camera where the law forbids one.
import { plays } from "../desk.mjs";
import { expect } from "../harness.mjs";

async function patrol(harness) {
  const page = await harness.as(harness.oneOf("unit", "duty_guard"));
  await harness.open(page, "/patrol");
  const online = page.locator("[data-testid^=tile-]", { has: page.locator("[data-camera-state=online]") }).first();
  await online.click();
  await plays(page);
  await page.keyboard.press("Escape");
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
  await page.keyboard.press("Escape");
}

export const camerasStory = [
  { name: "cameras: patrol shows a camera live", roles: [], run: patrol },
  { name: "cameras: one in trouble says why in plain words", roles: [], run: troubleInWords },
  { name: "cameras: no camera where the law forbids one", roles: ["unit"], run: forbiddenPlace },
];
