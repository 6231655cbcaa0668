// Figures: a snapshot, a figure and the units behind it in two clicks, differences, trends, and the register of units that count.
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

async function compareTwo(harness) {
  const page = await harness.as("province");
  await harness.open(page, "/figures?tab=snapshots");
  await page.reload();
  const rows = page.getByTestId("snapshot-table").locator("tbody tr");
  await rows.first().waitFor();
  if ((await rows.count()) < 2) {
    await page.getByTestId("take-snapshot").click();
    await until(async () => (await rows.count()) >= 2, "there are two snapshots", 60_000);
  }
  await rows.nth(0).locator(".el-checkbox").click();
  await rows.nth(1).locator(".el-checkbox").click();
  await page.getByTestId("compare-snapshots").click();
  await page.getByTestId("compare-sum").waitFor();
  await page.getByTestId("compare-table").locator("tbody tr").first().waitFor();
  await harness.open(page, "/figures?tab=snapshots");
  await page.getByTestId("snapshot-proof").first().click();
  await page.getByTestId("snapshot-proof-drawer").locator("code").first().waitFor();
  await page.keyboard.press("Escape");
}

async function trendAndProgress(harness) {
  const page = await harness.as("province");
  await harness.open(page, "/figures?tab=trends");
  await page.reload();
  await page.getByTestId("trend-point").first().click();
  await page.locator("[data-testid=unit-table] tbody tr").first().waitFor();
  await page.keyboard.press("Escape");
  await harness.open(page, "/progress");
  await page.getByTestId("milestone-table").locator("tbody tr").first().waitFor();
  await page.getByTestId("overdue-table").waitFor();
}

async function registerChange(harness) {
  const first = await harness.as("province");
  await harness.open(first, "/units?tab=changes");
  await first.reload();
  await first.getByTestId("propose-change").click();
  await first.getByTestId("propose-unit").click();
  await first.locator(".el-select-dropdown__item:visible").first().click();
  await first.locator("label.el-radio").nth(1).click();
  const asked = first.waitForResponse((answer) => answer.url().endsWith("/api/register/changes") && answer.request().method() === "POST");
  await first.getByTestId("propose-send").click();
  expect((await asked).status() === 201, "the change is proposed");
  const second = await harness.second("province");
  await harness.open(second, "/units?tab=changes");
  const waiting = second.getByTestId("change-table").locator("tbody [data-testid=approve-one]");
  await waiting.first().waitFor();
  const before = await waiting.count();
  await waiting.first().click();
  await until(async () => (await waiting.count()) < before || (await second.locator(".el-message--success").count()) > 0, "one change fewer waits");
  await second.locator("#tab-versions").click();
  await second.getByTestId("version-table").locator("tbody tr").first().waitFor();
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
  { name: "figures: two snapshots compared, and what one rests on", roles: ["province"], run: compareTwo },
  { name: "figures: from a trend to its units, and who is late", roles: ["province"], run: trendAndProgress },
  { name: "register: one proposes that a unit no longer counts, another approves", roles: ["province", "security_admin"], run: registerChange },
];
