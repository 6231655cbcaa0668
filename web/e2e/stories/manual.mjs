// A person raises an alarm; the push brings it to another desk, and it turns out false.
import { press, waitForState } from "../desk.mjs";
import { until } from "../harness.mjs";

const NOTE = "演练用手动报警";

async function raisedAndRejected(harness) {
  const guard = await harness.as("duty_guard");
  const other = await harness.as(harness.oneOf("unit", "county", "province"));
  await harness.open(guard, "/units");
  await harness.open(other, "/alarms");
  await other.getByTestId("raise").click();
  const dialog = other.getByRole("dialog");
  await dialog.locator(".el-select").first().click();
  await other.locator(".el-select-dropdown__item:visible").first().click();
  await dialog.locator("textarea").fill(NOTE);
  await dialog.locator("button[type=submit]").click();

  await guard.getByTestId("alarm-banner").waitFor();
  await guard.keyboard.press("F2");
  await guard.getByText(NOTE).first().waitFor();
  await press(guard, "take", "Space");
  await waitForState(guard, "taken");
  await press(guard, "reject", "2");
  await guard.keyboard.press("1");
  await until(() => guard.getByTestId("event-send").isEnabled(), "a reason is chosen by its key");
  await guard.keyboard.press("Enter");
  await waitForState(guard, "false_alarm");
}

async function lostConnectionIsSaid(harness) {
  const page = await harness.as("duty_guard");
  await page.route("**/api/events", (route) => route.abort());
  await page.reload();
  await page.getByTestId("connection-lost").waitFor();
  await page.unroute("**/api/events");
  await page.getByTestId("connection-lost").waitFor({ state: "detached", timeout: 30_000 });
}

export const manualStory = [
  { name: "manual: an alarm raised by one person reaches another and is rejected by keyboard", roles: ["duty_guard"], run: raisedAndRejected },
  { name: "push: a lost connection is said and comes back by itself", roles: ["duty_guard"], run: lostConnectionIsSaid },
];
