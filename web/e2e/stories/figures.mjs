// Figures: a snapshot, a figure and the units behind it in two clicks, and a bulletin as text.
import { expect, until } from "../harness.mjs";

async function figureToUnits(harness) {
  const page = await harness.as("province");
  await harness.open(page, "/figures?tab=snapshots");
  const rows = page.getByTestId("snapshot-table").locator("tbody tr");
  await page.getByTestId("take-snapshot").waitFor();
  await page.waitForLoadState("networkidle", { timeout: 2_000 }).catch(() => undefined);
  const before = await rows.count();
  await page.getByTestId("take-snapshot").click();
  await until(async () => (await rows.count()) > before, "the snapshot is in the list", 60_000);
  await harness.open(page, "/figures?tab=tables");
  await page.reload();
  await page.getByTestId("figure-cell").first().click();
  await page.locator("[data-testid=unit-table] tbody tr").first().waitFor();
  await page.keyboard.press("Escape");
}

async function bulletinAsText(harness) {
  const page = await harness.as("province");
  await harness.open(page, "/figures?tab=bulletins");
  await page.reload();
  await page.getByTestId("new-bulletin").click();
  const text = page.getByTestId("bulletin-text");
  await text.waitFor({ timeout: 60_000 });
  expect((await text.innerText()).includes("%"), "the bulletin states rates");
  await page.getByTestId("bulletin-figure").first().click();
  await page.locator("[data-testid=unit-table] tbody tr").first().waitFor();
}

async function register(harness) {
  const page = await harness.as("province");
  await harness.open(page, "/units");
  const rows = page.locator("[data-testid=unit-table] tbody tr");
  await rows.first().waitFor();
  const first = await rows.first().innerText();
  await page.getByTestId("next-page").click();
  await until(async () => (await rows.first().innerText()) !== first, "the second page shows other units");
  await rows.first().locator("a").click();
  await until(async () => /#\/units\/.+/.test(page.url()), "a unit opens");
}

const SHEET_HEAD = "单位名称,类别,设区市,县（市、区）\n";
const sheet = (name, rows) => ({ name, mimeType: "text/csv", buffer: Buffer.from(SHEET_HEAD + rows) });

async function importUnits(harness) {
  const page = await harness.as("province");
  await harness.open(page, "/units");
  await page.getByTestId("import-units").click();
  const file = page.getByTestId("import-file");
  const verdict = page.getByTestId("import-verdict");
  await file.setInputFiles(sheet("broken.csv", "浏览器故事幼儿园,幼儿园,南昌市,南昌县\n第二行,魔法学校,南昌市,南昌县\n"));
  await page.getByTestId("import-errors").getByText("魔法学校").waitFor();
  expect(await page.getByTestId("import-apply").isDisabled(), "a sheet with a bad row cannot be imported");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("import-error-sheet").click()]);
  expect(download.suggestedFilename() === "units-errors.xlsx", "the bad rows come as a sheet");
  await file.setInputFiles(sheet("good.csv", "浏览器故事幼儿园,幼儿园,南昌市,南昌县\n"));
  await until(async () => !(await page.getByTestId("import-apply").isDisabled()), "a good sheet can be imported");
  const before = await verdict.innerText();
  await page.getByTestId("import-apply").click();
  await until(async () => (await verdict.innerText()) !== before, "the sheet is imported");
  await page.keyboard.press("Escape");
}

export const figuresStory = [
  { name: "register: pages forward and opens a unit", roles: ["province"], run: register },
  { name: "register: a broken sheet imports nothing and lists why, a good one is imported", roles: ["province"], run: importUnits },
  { name: "figures: a snapshot, and from a figure to its units in two clicks", roles: ["province"], run: figureToUnits },
  { name: "figures: a bulletin as text, each figure with its units", roles: ["province"], run: bulletinAsText },
];
