// Organisations: registered and approved by the county, given people by its own leader; a unit's claim counts once the organisation has
// accepted it, and an organisation is replaced while the unit is never alone.
import { ask } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

const SECOND = "故事值守服务有限公司";
const CODE_BODY = "91360100MA0TRY001";
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** The check character of GB 32100. */
function creditCode(body) {
  let sum = 0;
  let weight = 1;
  for (const c of body) {
    sum += ALPHABET.indexOf(c) * weight;
    weight = (weight * 3) % 31;
  }
  return body + ALPHABET[(31 - (sum % 31)) % 31];
}

const state = (page) => page.getByTestId("organisation-state").first().getAttribute("data-state");

async function registerAndApprove(harness) {
  const county = await harness.as("county");
  await harness.open(county, "/organisations");
  await county.getByTestId("organisation-register").click();
  await county.getByTestId("organisation-name").fill(SECOND);
  await county.getByTestId("organisation-code").fill(`${CODE_BODY}${creditCode(CODE_BODY).endsWith("0") ? "1" : "0"}`);
  await county.getByTestId("organisation-address").fill("故事路 2 号");
  await county.getByTestId("organisation-phone").fill("0791-2");
  await county.getByTestId("organisation-save").click();
  await county.getByTestId("organisation-form").getByText(/GB 32100|校验/).first().waitFor();
  await county.getByTestId("organisation-code").fill(creditCode(CODE_BODY).toLowerCase());
  await county.getByTestId("organisation-save").click();
  await county.waitForURL(/organisations\/[0-9a-f-]{36}/);
  await until(async () => (await state(county)) === "pending", "registered, it waits");
  expect((await county.getByTestId("finding-staff").getAttribute("data-standing")) === "unmet", "nobody on its list yet");
  await county.getByTestId("organisation-approve").click();
  await county.getByTestId("organisation-decide").click();
  await until(async () => (await state(county)) === "valid", "approved");

  await county.getByTestId("staff-add").click();
  await county.getByTestId("staff-name").fill("故事负责人");
  await county.getByTestId("staff-form").getByText("持有消防设施操作员证书").click();
  await county.getByTestId("staff-form").locator(".el-select__wrapper").first().click();
  await county.locator(".el-select-dropdown:visible .el-select-dropdown__item", { hasText: "负责人" }).click();
  await county.getByTestId("staff-save").click();
  await county.getByTestId("staff-table").locator("tbody tr", { hasText: "故事负责人" }).getByTestId("staff-account").click();
  await county.getByTestId("staff-login").fill("story-leader");
  await county.getByTestId("staff-account-make").click();
  const link = await county.getByTestId("one-time-link").innerText();
  await county.locator(".el-dialog:visible").getByRole("button", { name: "关闭" }).last().click();
  await county.getByTestId("one-time-link").waitFor({ state: "detached" });
  return { county, id: county.url().split("/organisations/")[1].split("?")[0], link };
}

async function bothSides(harness) {
  const { county, id, link } = await registerAndApprove(harness);
  const leader = await harness.signIn("story-leader", link);
  await harness.open(leader, "/organisations");
  await until(async () => (await leader.getByTestId("organisation-table").locator("tbody tr").count()) === 1, "an organisation sees itself alone");
  expect((await ask(leader, "/api/units")).body.items.length === 0, "and no unit without a contract");

  const unit = await harness.as("unit");
  const own = (await ask(unit, "/api/session")).body.user.scope.id;
  await harness.open(unit, `/units/${own}`);
  await until(async () => (await unit.getByTestId("uncovered").getAttribute("data-minutes")) === "0", "the demonstration's contract covers the school");
  await unit.getByTestId("unit-contract-propose").click();
  await unit.getByTestId("organisation-select").click();
  await unit.locator(".el-select-dropdown:visible .el-select-dropdown__item", { hasText: SECOND }).click();
  await until(async () => (await unit.locator(".el-select-dropdown:visible").count()) === 0, "the list is closed");
  await unit.getByTestId("contract-replaces").click();
  await unit.locator(".el-select-dropdown:visible .el-select-dropdown__item", { hasText: "赣北" }).click();
  await unit.getByTestId("contract-number").fill("故事合同");
  await unit.getByTestId("contract-propose-send").click();
  const row = (page) => page.getByTestId("contract-table").locator("tbody tr", { hasText: "故事合同" }).first();
  await row(unit).waitFor();
  expect((await row(unit).getByTestId("contract-accept").count()) === 0, "nobody accepts their own claim");
  return { county, leader, unit, id, own, row };
}

async function acceptedAndReplaced(harness) {
  const { leader, unit, own, row, county } = await bothSides(harness);
  await leader.getByTestId("organisations-tab-contracts").click();
  await leader.getByTestId("contract-count").waitFor();
  await row(leader).getByTestId("contract-accept").click();
  await leader.getByTestId("contract-send").click();
  await until(async () => ["accepted", "running"].includes(await row(unit).getByTestId("contract-state").getAttribute("data-state")), "the unit sees the answer");
  await until(async () => (await ask(leader, "/api/units")).body.items.some((one) => one.id === own), "once it runs the organisation sees its unit");
  const cover = (await ask(unit, `/api/units/${own}/contracts`)).body;
  expect(cover.uncovered_min === 0 && cover.contracts.filter((one) => one.state === "running").length === 2, `both serve side by side: ${JSON.stringify(cover.contracts.map((one) => one.state))}`);

  // The office orders it to rectify, and it takes on nobody new.
  await county.getByTestId("organisation-order_rectification").click();
  expect(await county.getByTestId("organisation-decide").isDisabled(), "an order has a reason");
  await county.getByTestId("organisation-reason").fill("夜间缺岗");
  await county.getByTestId("organisation-decide").click();
  await until(async () => (await state(county)) === "rectifying", "ordered");

  // Put back what other stories find: the second contract is ended, the first goes on.
  await row(unit).getByTestId("contract-terminate").click();
  await unit.getByTestId("contract-reason").fill("故事结束");
  await unit.getByTestId("contract-send").click();
  await until(async () => (await ask(leader, "/api/units")).body.items.length === 0, "its end shuts the door");
  const after = (await ask(unit, `/api/units/${own}/contracts`)).body;
  expect(after.uncovered_min === 0, "and the unit was never alone");
}

export const organisationsStory = [
  { name: "organisations: registered, approved, a claim accepted by the other side, replaced side by side", roles: ["county", "unit"], run: acceptedAndReplaced },
];
