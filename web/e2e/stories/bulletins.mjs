// Bulletins: a checked draft in six clicks, a figure to its rows in two, an objection, approval by a second person,
// publication, and a changed copy found out by anybody.
import { readFileSync } from "node:fs";
import { expect, until } from "../harness.mjs";

const CLICKS_MAX = 6;
const WRITTEN_MS = 60_000;

const rates = (page) => page.locator("[data-testid=bulletin-figure][data-kind=percent]");

/** Counts what a person presses. */
function finger() {
  let clicks = 0;
  return {
    press: async (locator) => {
      clicks += 1;
      await locator.click();
    },
    clicks: () => clicks,
  };
}

async function newDraft(harness) {
  const page = await harness.as("province");
  await harness.open(page, "/overview");
  const hand = finger();
  await hand.press(page.getByTestId("menu-bulletins"));
  await hand.press(page.getByTestId("new-bulletin"));
  await until(async () => !(await page.getByTestId("make-bulletin").isDisabled()), "a snapshot is there to write from");
  await hand.press(page.getByTestId("make-bulletin"));
  await page.getByTestId("bulletin-text").waitFor({ timeout: WRITTEN_MS });
  return { page, hand };
}

async function checkedDraft(harness) {
  const { page, hand } = await newDraft(harness);
  await page.getByTestId("verdict").waitFor();
  await hand.press(page.getByTestId("export"));
  const [file] = await Promise.all([page.waitForEvent("download", { timeout: WRITTEN_MS }), hand.press(page.getByTestId("export-docx"))]);
  expect(file.suggestedFilename().endsWith(".docx"), "the draft comes as a document");
  expect(hand.clicks() <= CLICKS_MAX, `a checked draft takes ${hand.clicks()} clicks`);
}

async function traceFigure(harness) {
  const { page } = await newDraft(harness);
  const hand = finger();
  await hand.press(rates(page).first());
  await page.locator("[data-testid=unit-table] tbody tr").first().waitFor();
  expect((await page.getByTestId("figure-definition").innerText()).length > 10, "the figure's definition is said");
  expect(hand.clicks() <= 2, "a figure's rows are two clicks away");
  await page.keyboard.press("Escape");
}

async function objectAndReply(harness) {
  const { page: author } = await newDraft(harness);
  const path = new URL(author.url()).hash.slice(1);
  await author.getByTestId("act-consult").click();
  await author.getByTestId("consult-send").click();
  await author.getByTestId("round-closes").waitFor();
  const city = await harness.as("city");
  await harness.open(city, "/inbox");
  await city.reload();
  await city.locator(`a[href="#${path}"]`).first().click();
  await rates(city).first().click();
  await city.getByTestId("object-figure").click();
  await city.getByTestId("objection-text").fill("该数据与我市核实的情况不一致，请复核。");
  await city.getByTestId("objection-send").click();
  await city.getByTestId("objection").first().waitFor();
  await author.reload();
  await author.getByTestId("reply-text").first().fill("已复核，采纳。");
  await author.getByTestId("reply-accept").first().click();
  await author.getByTestId("objection-reply").first().waitFor();
}

async function approveAndPublish(harness) {
  const { page: author } = await newDraft(harness);
  const path = new URL(author.url()).hash.slice(1);
  expect((await author.getByTestId("act-approve").count()) === 0, "authors are not offered to approve their own draft");
  const approver = await harness.second("province");
  await harness.open(approver, path);
  await approver.getByTestId("act-approve").click();
  const reason = approver.getByTestId("override-reason");
  await approver.getByTestId("approve-send").waitFor();
  if ((await reason.count()) > 0) {
    expect(await approver.getByTestId("approve-send").isDisabled(), "errors are not approved without a reason");
    await reason.fill("演示环境，数据为合成数据。");
  }
  await approver.getByTestId("approve-send").click();
  await approver.getByTestId("act-publish").waitFor({ timeout: WRITTEN_MS });
  await approver.getByTestId("act-publish").click();
  await approver.locator(".el-message-box__btns .el-button--primary").click();
  await approver.getByTestId("receipts").locator("li").first().waitFor({ timeout: WRITTEN_MS });
  const city = await harness.as("city");
  await harness.open(city, "/inbox");
  await city.reload();
  await city.locator(`a[href="#${path}"]`).first().click();
  await city.getByTestId("bulletin-text").waitFor();
  return { approver, path };
}

async function exported(page, format) {
  await page.getByTestId("export").click();
  const [file] = await Promise.all([page.waitForEvent("download", { timeout: WRITTEN_MS }), page.getByTestId(`export-${format}`).click()]);
  return readFileSync(await file.path(), "utf8");
}

/** One digit of the first rate in the text, changed. */
function tampered(text) {
  return text.replace(/(\d)%/, (_, digit) => `${(Number(digit) + 1) % 10}%`);
}

async function changedCopy(harness) {
  const { approver } = await approveAndPublish(harness);
  const text = await exported(approver, "text");
  expect(tampered(text) !== text, "the text has a rate to change");
  const stranger = await harness.newPage("stranger");
  await stranger.goto(`${harness.base}/#/verify`);
  const verdict = stranger.getByTestId("verify-verdict");
  const give = (name, body) => stranger.getByTestId("verify-file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(body) });
  await give("original.txt", text);
  await until(async () => (await verdict.getAttribute("data-verdict")) === "genuine", "the copy as published is genuine");
  await give("changed.txt", tampered(text));
  await until(async () => (await verdict.getAttribute("data-verdict")) === "altered", "the changed copy is found out");
  await stranger.getByTestId("differences").locator("tbody tr").first().waitFor();
  await give("other.txt", "今天天气很好。");
  await until(async () => ["unknown", "unreadable"].includes(await verdict.getAttribute("data-verdict")), "a strange text is not called genuine");
  await stranger.context().close();
}

const CONTRADICTION = "关于全市校园安全视频接入情况的通报\n各县（市、区）教育局：\n截至2026年9月1日，全市共接入学校100所，接入率为50%。其中，甲县40所、乙县30所、丙县20所。\n";

async function lintForeign(harness) {
  const page = await harness.as("province");
  await harness.open(page, "/lint");
  await page.getByTestId("lint-text").fill(CONTRADICTION);
  await page.getByTestId("lint-check").click();
  await page.getByTestId("lint-lines").locator("li").first().waitFor();
  await page.getByTestId("finding").first().click();
  await page.locator("[data-testid=lint-lines] li.picked").waitFor();
  await page.getByTestId("lint-again").click();
  await page.getByTestId("lint-text").fill("白日依山尽");
  await page.getByTestId("lint-check").click();
  await page.getByTestId("problem").waitFor();
}

export const bulletinsStory = [
  { name: "bulletin: a checked draft as a document in six clicks", roles: ["province"], run: checkedDraft },
  { name: "bulletin: from a printed figure to its units in two clicks", roles: ["province"], run: traceFigure },
  { name: "bulletin: a city objects to a figure, the author replies", roles: ["province", "city"], run: objectAndReply },
  { name: "bulletin: a changed copy of a published bulletin is found out without signing in", roles: ["province", "city", "security_admin"], run: changedCopy },
  { name: "linter: a foreign notice, its contradiction beside the line", roles: ["province"], run: lintForeign },
];
