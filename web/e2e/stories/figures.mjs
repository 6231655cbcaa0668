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

export const figuresStory = [
  { name: "register: pages forward and opens a unit", roles: ["province"], run: register },
  { name: "figures: a snapshot, and from a figure to its units in two clicks", roles: ["province"], run: figureToUnits },
  { name: "figures: a bulletin as text, each figure with its units", roles: ["province"], run: bulletinAsText },
];
