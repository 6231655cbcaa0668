// A browser at the alarm desk that notes when each alarm's row appears on the screen.
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(resolve(import.meta.dirname, "../web/package.json"));
const { chromium } = require("playwright-core");

const SIGN_IN_LIMIT_MS = 30_000;

/** Runs in the page: the wall clock at the first frame drawn with the row in it. */
function noteRows() {
  window.rowsSeen = {};
  const look = () => {
    for (const row of document.querySelectorAll('[data-testid^="alarm-row-"]')) {
      const id = row.dataset.testid.slice("alarm-row-".length);
      if (id in window.rowsSeen) continue;
      window.rowsSeen[id] = null;
      requestAnimationFrame(() => (window.rowsSeen[id] = Date.now()));
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
}

export async function watchForCards(link) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const page = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await page.goto(link);
  await page.getByTestId("person").waitFor({ timeout: SIGN_IN_LIMIT_MS });
  await page.goto(`${new URL(link).origin}/#/alarms`);
  await page.getByTestId("alarm-list").waitFor();
  await page.evaluate(noteRows);
  return { seen: () => page.evaluate(() => window.rowsSeen), stop: () => browser.close() };
}
