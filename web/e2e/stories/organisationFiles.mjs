// What is kept of organisations: one applies without an account and the county decides; an entry of the violation file rests on rows, is replied
// to and confirmed by a person; the score is computed again from its file without the platform; a census is signed, accepted and closed; an
// organisation that leaves gives its queue back, and the ledger holds no minute without a contract.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ask, endAsTest, raiseAtOwnUnit } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

const run = promisify(execFile);
const NAME = "自荐值守服务有限公司";
/** Invented; the check character belongs to it (GB 32100). */
const CODE_BODY = "91360100MA0TRY002";
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const DAY_MS = 86_400_000;

function creditCode(body) {
  let [sum, weight] = [0, 1];
  for (const c of body) {
    sum += ALPHABET.indexOf(c) * weight;
    weight = (weight * 3) % 31;
  }
  return body + ALPHABET[(31 - (sum % 31)) % 31];
}

/** A stranger writes, the county sends back, the stranger mends, the county approves. */
async function applied(harness) {
  const county = await harness.as("county");
  const scope = (await ask(county, "/api/session")).body.user.scope;
  const region = (await ask(county, "/api/regions")).body.find((one) => one.id === scope.id).name;
  const stranger = await harness.newPage("stranger");
  harness.pages.set("stranger", stranger);
  await stranger.goto(`${harness.base}/#/apply`);
  await stranger.getByTestId("apply-name").fill(NAME);
  await stranger.getByTestId("apply-code").fill(creditCode(CODE_BODY).toLowerCase());
  await stranger.getByTestId("apply-region").click();
  await stranger.keyboard.type(region);
  await stranger.locator(".el-select-dropdown:visible .el-select-dropdown__item", { hasText: region }).first().click();
  await stranger.getByTestId("apply-address").fill("故事路 3 号");
  await stranger.getByTestId("apply-leader").fill("自荐负责人");
  await stranger.getByTestId("apply-phone").fill("0791-3");
  await stranger.getByTestId("apply-send").click();
  const receipt = await stranger.getByTestId("apply-receipt").innerText();
  const inside = await ask(stranger, "/api/organisations");
  expect(inside.status === 401, `an application opens no door: ${inside.status}`);

  await harness.open(county, "/organisations?tab=applications");
  const row = county.getByTestId("application-table").locator("tbody tr", { hasText: NAME });
  await row.getByTestId("application-show").click();
  expect(await county.getByTestId("application-return").isDisabled(), "it is sent back with a reason");
  await county.getByTestId("application-reason").fill("电话无人接听");
  await county.getByTestId("application-return").click();
  await county.getByTestId("application-refuse").waitFor();

  await stranger.reload();
  await stranger.getByTestId("apply-receipt-field").fill(receipt);
  await stranger.getByTestId("apply-look").click();
  await stranger.getByText("电话无人接听").waitFor();
  await stranger.getByTestId("apply-phone").fill("0791-33");
  await stranger.getByTestId("apply-send").click();
  await until(async () => (await stranger.getByTestId("apply-state").getAttribute("data-state")) === "waiting", "sent again");
  await harness.close("stranger");

  await county.getByTestId("application-approve").click();
  await county.waitForURL(/organisations\/[0-9a-f-]{36}/);
  await until(async () => (await county.getByTestId("organisation-state").first().getAttribute("data-state")) === "valid", "approved, it stands in the register");
  const leader = county.getByTestId("staff-table").locator("tbody tr", { hasText: "自荐负责人" });
  await leader.getByTestId("staff-account").waitFor();
  return { county, second: county.url().split("/organisations/")[1].split("?")[0] };
}

/** A certificate is held against the demonstration's organisation: a row says so; an invented charge is refused. */
async function violated(harness, county) {
  const organisation = await harness.as("organisation");
  const own = (await ask(organisation, "/api/session")).body.user.scope.id;
  const person = (await ask(county, `/api/organisations/${own}/staff`)).body.find((one) => one.name === "演示值班员六");
  const span = { from: new Date(Date.now() - DAY_MS).toISOString(), until: new Date().toISOString() };
  const invented = await ask(county, "/api/violations", { organisation_id: own, kind: "roll_calls_failed", ...span, until: new Date(Date.now() - DAY_MS + 1000).toISOString(), words: "x" });
  expect(invented.status === 422 || invented.status === 400, `no row, no entry: ${invented.status}`);
  const opened = await ask(county, "/api/violations", { organisation_id: own, kind: "false_certificate", ...span, staff_id: person.id, words: "证书查询结果不符" });
  expect(opened.status === 201 && opened.body.intact && opened.body.violation.row_count === 1, `on a row: ${JSON.stringify(opened.body)}`);
  expect(!opened.body.violation.next.includes("confirm"), "it may still reply");

  await harness.open(organisation, `/organisations/${own}?tab=violations`);
  await organisation.getByTestId("violation-show").first().click();
  await organisation.getByTestId("violation-say").fill("已更换证书");
  await organisation.getByTestId("violation-reply").click();
  await until(async () => (await organisation.getByTestId("violation-now").getAttribute("data-state")) === "replied", "replied");
  await harness.open(county, `/organisations/${own}?tab=violations`);
  await county.getByTestId("violation-show").first().click();
  await county.getByTestId("violation-say").fill("情况属实");
  await county.getByTestId("violation-confirm").click();
  await until(async () => (await county.getByTestId("violation-now").getAttribute("data-state")) === "confirmed", "confirmed by a person");

  // The organisation downloads its file, and computes the figure without the platform.
  await harness.open(organisation, `/organisations/${own}?tab=score`);
  const shown = Number(await organisation.getByTestId("score").getAttribute("data-hundredths"));
  const month = await organisation.getByTestId("score-month").innerText();
  const path = join(tmpdir(), `score-${process.pid}.json`);
  const file = (await ask(organisation, `/api/organisations/${own}/scores/${month.trim().slice(0, 7)}/file`)).body;
  expect(file.findings.length === 1, "a confirmed deceit is in the file");
  writeFileSync(path, JSON.stringify(file));
  const again = JSON.parse((await run(process.env.WATCHFIRE_BINARY, ["duty", "score", path, "--json"])).stdout);
  expect(again.equal && again.hundredths === file.hundredths && again.taken_away === 2000, `computed again: ${JSON.stringify(again)}`);
  expect(Number.isInteger(shown), "and shown with its arithmetic");
  await organisation.getByTestId("score-parts").waitFor();

  await county.getByTestId("violation-say").fill("复查后撤销");
  await county.getByTestId("violation-withdraw").click();
  await until(async () => (await county.getByTestId("violation-now").getAttribute("data-state")) === "withdrawn", "withdrawn, and still there");
  return { organisation, own };
}

async function counted(harness, county) {
  await harness.open(county, "/organisations?tab=censuses");
  await county.getByTestId("census-open").click();
  await county.getByTestId("census-title").fill("故事摸底");
  await county.getByTestId("census-send").click();
  await county.waitForURL(/censuses\/[0-9a-f-]{36}/);
  await county.getByTestId("census-region").first().click();
  await county.getByTestId("census-answer").click();
  await until(async () => (await county.getByTestId("census-state").first().getAttribute("data-state")) === "answered", "signed");
  const id = county.url().split("/censuses/")[1].split("?")[0];
  const other = await harness.second("county");
  await harness.open(other, `/organisations/censuses/${id}`);
  await other.getByTestId("census-region").first().click();
  await other.getByTestId("census-accept").click();
  await other.getByTestId("census-close").click();
  await other.getByTestId("census-closed").waitFor();
  const file = (await ask(county, `/api/censuses/${id}`)).body;
  expect(file.sum.organisations >= 2 && file.census.digest.length === 64, `closed with its digest: ${JSON.stringify(file.census)}`);
  await harness.close("county 2");
}

/** The new organisation serves beside the old one, takes an alarm, leaves; the alarm goes back and nobody was alone. */
async function replaced(harness, { county, second, own }) {
  const unit = await harness.as("unit");
  const school = (await ask(unit, "/api/session")).body.user.scope.id;
  const link = async (body, login_name) => {
    const made = body ? (await ask(county, `/api/organisations/${second}/staff`, body)).body : (await ask(county, `/api/organisations/${second}/staff`)).body[0];
    const account = await ask(county, `/api/organisations/${second}/staff/${made.id}/account`, { login_name });
    return `${harness.base}/#/enter/${account.body.one_time_token}`;
  };
  const leader = await harness.signIn("story-second-leader", await link(null, "story-second-leader"));
  const guard = await harness.signIn("story-second-guard", await link({ name: "自荐值班员", post: "guard" }, "story-second-guard"));
  const old = (await ask(unit, `/api/units/${school}/contracts`)).body.contracts.find((one) => one.state === "running" && one.organisation_id === own);
  const wish = { unit_id: school, organisation_id: second, number: "接替合同", starts_at: new Date(Date.now() - 1000).toISOString(), ends_at: new Date(Date.now() + 30 * DAY_MS).toISOString(), replaces: old.id };
  const proposed = await ask(unit, "/api/contracts", wish);
  expect(proposed.status === 201, `proposed: ${JSON.stringify(proposed.body)}`);
  const accepted = await ask(leader, `/api/contracts/${proposed.body.id}/events`, { event: "accept", version: proposed.body.version });
  expect(accepted.body.state === "running", `an overlap begins: ${accepted.body.state}`);

  const alarm = await raiseAtOwnUnit(unit, "S03", "故事：接替时的告警");
  const version = (await ask(guard, `/api/alarms/${alarm}`)).body.version;
  const taken = await ask(guard, `/api/alarms/${alarm}/events`, { event: "take", version });
  expect(taken.status === 200, `the new one takes it: ${JSON.stringify(taken.body)}`);
  const running = (await ask(unit, `/api/units/${school}/contracts`)).body.contracts.find((one) => one.id === proposed.body.id);
  await ask(unit, `/api/contracts/${proposed.body.id}/events`, { event: "terminate", version: running.version, reason: "故事结束" });
  const back = (await ask(unit, `/api/alarms/${alarm}`)).body;
  expect(back.state === "waiting" && !back.owner_id, `given back to the queue: ${back.state}`);
  expect((await ask(guard, `/api/alarms/${alarm}`)).status === 404, "and the one that left sees nothing");
  await harness.open(unit, `/units/${school}`);
  await until(async () => (await unit.getByTestId("uncovered").getAttribute("data-minutes")) === "0", "no gap by contracts");
  await until(async () => (await unit.getByTestId("ledger-uncovered").getAttribute("data-minutes")) === "0", "and none in the ledger");
  await endAsTest(unit, alarm);
  await harness.close("story-second-leader");
  await harness.close("story-second-guard");
}

async function whole(harness) {
  const { county, second } = await applied(harness);
  const { own } = await violated(harness, county);
  await counted(harness, county);
  await replaced(harness, { county, second, own });
}

export const organisationFilesStory = [
  { name: "organisation files: applied and approved, a violation on rows, a score computed again, a census closed, a queue given back", roles: ["county", "unit", "organisation", "security_admin"], run: whole },
];
