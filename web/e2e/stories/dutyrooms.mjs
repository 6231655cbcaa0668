// The duty room and its seat: a browser is bound by a code, a guard goes on post, signs the two-hour record, is asked for a sign of life and
// gives it; nobody is on post in two rooms; a roster refuses what nobody could work.
import { ask } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

const HOUR_MS = 3_600_000;
const ROOM = "一号值班室";

async function seatIsBoundAndManned(harness) {
  const leader = await harness.as("organisation");
  await harness.open(leader, "/duty");
  await leader.getByTestId("duty-room-table").locator("tbody tr", { hasText: ROOM }).getByRole("link", { name: ROOM }).click();
  await leader.getByTestId("duty-room-tab-seats").click();
  await leader.getByTestId("seat-name").fill("主席位");
  await leader.getByTestId("seat-code").click();
  const code = await leader.getByTestId("seat-code-shown").innerText();

  const guard = await harness.as("on_duty_1");
  await harness.open(guard, "/seat");
  await guard.getByTestId("seat-bind-code").fill("12345678");
  await guard.getByTestId("seat-bind").click();
  await guard.getByText(/wrong, used, or too old/).waitFor();
  await guard.getByTestId("seat-bind-code").fill(code);
  await guard.getByTestId("seat-bind").click();
  await guard.getByTestId("seat-people").getByText("无人上岗").waitFor();
  await guard.getByTestId("seat-post").click();
  await until(async () => (await guard.getByTestId("seat-people").getByText("0 / 2").count()) === 0, "one of two is on post");
  await guard.getByTestId("record-sign").click();
  await until(async () => (await guard.getByTestId("seat-records").locator("li.recorded").count()) === 1, "the record of these two hours is signed");

  await leader.getByTestId("post-table").locator("tbody tr").first().getByText("在岗").waitFor();
  const stranger = await guard.evaluate(async () => (await fetch("/api/seat")).status);
  expect(stranger === 422, `a request without the key's signature is no seat's: ${stranger}`);
  return { leader, guard };
}

async function rosterRefuses(harness) {
  const leader = await harness.as("organisation");
  const room = (await ask(leader, "/api/duty-rooms")).body.items.find((one) => one.name === ROOM);
  const day = new Date(Date.now() + 20 * 24 * HOUR_MS).toISOString().slice(0, 10);
  const people = (await ask(leader, `/api/duty-rooms/${room.id}/roster?from=${day}`)).body.people;
  const certified = people.filter((one) => one.certified_until !== null);
  const bare = people.find((one) => one.certified_until === null);
  const shift = (one, from_h, hours) => ({ staff_id: one.staff_id, starts_at: `${day}T${String(from_h).padStart(2, "0")}:00:00+08:00`, ends_at: new Date(Date.parse(`${day}T${String(from_h).padStart(2, "0")}:00:00+08:00`) + hours * HOUR_MS).toISOString() });
  const enter = (...shifts) => ask(leader, `/api/duty-rooms/${room.id}/roster`, { shifts });
  const why = async (...shifts) => (await enter(...shifts)).body?.fields?.[0]?.code;
  expect((await why(shift(certified[0], 8, 9))) === "too_long", "nine hours are more than eight");
  expect((await why(shift(bare, 8, 8))) === "not_certified", "without a certificate nobody counts");
  expect((await why({ ...shift(certified[0], 8, 8), starts_at: "2026-01-01T00:00:00Z", ends_at: "2026-01-01T08:00:00Z" })) === "begun", "nothing is entered afterwards");
  expect((await enter(shift(certified[0], 8, 8), shift(certified[1], 8, 8))).status === 204, "two who may");
  expect((await why(shift(certified[0], 12, 4))) === "doubled", "nobody twice at once");

  await harness.open(leader, `/duty/${room.id}`);
  await leader.getByTestId("roster-week").getByText("演示").first().waitFor();
  await leader.getByTestId("roster-complete").waitFor();
  const office = await harness.as("county");
  await harness.open(office, `/duty/${room.id}`);
  await office.getByTestId("roster-week").getByText("演示").first().waitFor();
  expect((await office.getByTestId("roster-add").count()) === 0, "an office looks and does not write rosters");
}

export const dutyRoomStory = [
  { name: "duty: a browser becomes a seat, a guard goes on post and signs the record", roles: ["organisation", "on_duty_1"], run: seatIsBoundAndManned },
  { name: "duty: a roster refuses what nobody could work", roles: ["organisation", "county"], run: rosterRefuses },
];
