// A rule that cries wolf: its number leads to its alarms, a regulator makes it quiet for some days and ends that again.
import { ask } from "../desk.mjs";
import { expect, until } from "../harness.mjs";

const LABORATORY = "实验楼走廊（故障摄像机）";
const WHY = "实验楼蒸汽，周五前加装排风";

const row = (page) => page.getByTestId("quarantine-table").locator("tr", { hasText: LABORATORY });

async function quarantine(harness) {
  const page = await harness.as("county");
  await harness.open(page, "/quality");
  await row(page).getByTestId("quarantine-approve").waitFor();
  await page.getByTestId("proposal-count").waitFor();
  const noisy = page.getByTestId("cameras-table").locator("tr", { hasText: LABORATORY }).first();
  expect((await noisy.innerText()).includes("噪声"), "the laboratory's smoke rule is noisy");
  expect(/0\.\d\d，可去除 \d+ 条误报/.test(await noisy.innerText()), "a threshold is suggested and not applied");
  const count = Number(await noisy.getByTestId("false-F01").innerText());
  await noisy.getByTestId("false-F01").click();
  await page.getByTestId("behind-alarms").locator("tbody tr").first().waitFor();
  await until(async () => (await page.getByTestId("behind-alarms").locator("tbody tr").count()) === count, `the number leads to its ${count} alarms`);
  await page.keyboard.press("Escape");

  await row(page).getByTestId("quarantine-approve").click();
  expect(await page.getByTestId("quarantine-send").isDisabled(), "nothing is approved without a reason");
  await page.getByTestId("quarantine-why").fill(WHY);
  await page.getByTestId("quarantine-send").click();
  await until(async () => (await row(page).getByTestId("quarantine-state").innerText()) === "静默中", "the rule is quiet");
  await page.getByTestId("proposal-count").waitFor({ state: "detached" });
  const kept = (await ask(page, "/api/quarantines?open=true")).body.items.find((one) => one.camera_name === LABORATORY);
  expect(kept.decided_why === WHY && kept.days_max === 7, `a rule of level one for a week at most: ${JSON.stringify(kept)}`);
  expect(Date.parse(kept.until) - Date.now() < 7 * 86_400_000, "it has an end within the week");

  const unit = await harness.as("unit");
  await harness.open(unit, "/quality");
  await row(unit).getByTestId("quarantine-state").waitFor();
  expect((await unit.getByTestId("quarantine-lift").count()) === 0, "the unit sees it and does not decide");
  const refused = await ask(unit, `/api/quarantines/${kept.id}/events`, { event: "lift", version: kept.version, why: "x" });
  expect(refused.status === 403, `the unit may not lift it: ${refused.status}`);

  await row(page).getByTestId("quarantine-lift").click();
  await page.getByTestId("quarantine-why").fill("排风已装好");
  await page.getByTestId("quarantine-send").click();
  await row(page).waitFor({ state: "detached" });
  await page.getByTestId("quarantine-all").click();
  await until(async () => (await row(page).first().getByTestId("quarantine-state").innerText()) === "提前解除", "what was decided stays on the list");
}

async function model(harness) {
  const page = await harness.as("county");
  const quality = (await ask(page, "/api/rule-quality")).body;
  const admin = await harness.as("system_admin");
  await harness.open(admin, "/system");
  await admin.getByTestId("serving-model").waitFor();
  expect((await admin.getByTestId("serving-model").innerText()).includes(quality.model), "the system page names the model that looks");
  const { items } = (await ask(page, "/api/rule-quality/alarms?code=F01&answer=real&model=" + encodeURIComponent(quality.model))).body;
  await harness.open(page, `/alarms/${items[0].id}`);
  await page.getByTestId("alarm-model").waitFor();
  expect((await page.getByTestId("alarm-model").innerText()).includes(quality.model), "an alarm names the model that saw it");
}

export const qualityStory = [
  { name: "quality: a noisy rule is made quiet by a regulator, for a week at most", roles: ["county", "unit"], run: quarantine },
  { name: "quality: the model that looks stands on the system page and on its alarms", roles: ["county", "system_admin"], run: model },
];
