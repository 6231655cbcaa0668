// People: a link works once, menus follow what a role may do, both languages are whole.
import { expect } from "../harness.mjs";

async function linkWorksOnce(harness) {
  await harness.as("duty_guard");
  const page = await harness.newPage("stranger");
  await page.goto(harness.links["duty_guard"]);
  await page.getByTestId("problem").waitFor();
  await page.context().close();
}

async function administratorSeesOnlyPeople(harness) {
  const page = await harness.as("security_admin");
  await page.getByTestId("menu-system").waitFor();
  expect((await page.getByTestId("menu-alarms").count()) === 0, "the security administrator has no alarm desk");
  await harness.open(page, "/system");
  await page.getByTestId("user-table").locator("tbody tr").first().waitFor();
}

async function bothLanguages(harness) {
  const page = await harness.as("auditor");
  await harness.open(page, "/audit");
  await page.getByTestId("language").click();
  await page.getByRole("heading", { name: "Audit" }).waitFor();
  await page.getByTestId("language").click();
  await page.getByRole("heading", { name: "审计" }).waitFor();
}

export const peopleStory = [
  { name: "people: a one-time link works once", roles: ["duty_guard"], run: linkWorksOnce },
  { name: "people: the security administrator sees people and nothing else", roles: ["security_admin"], run: administratorSeesOnlyPeople },
  { name: "people: Chinese and English at one click", roles: ["auditor"], run: bothLanguages },
];
