// Browser stories against a running Watchfire.
//
//   WATCHFIRE_URL    where it answers, e.g. http://127.0.0.1:8080
//   WATCHFIRE_LINKS  path of a JSON file with one-time links by role: {"duty_guard": "http://…/#/enter/…", "auditor": …}
//   WATCHFIRE_BINARY the program; the story of two platforms starts the second one itself
//   WATCHFIRE_LOG    path of its log, in which simulated devices tell what they heard
//   WATCHFIRE_SHOTS  folder for screenshots of failures (default: e2e-failures beside the working folder)
//   WATCHFIRE_HOOK_PORT the port of the webhook that the platform tells; scripts/demo-instance.sh sets it, and a short ladder of level 4
//   CHROMIUM         the browser (default /usr/bin/chromium)
//
// `node e2e/run.mjs [word]` runs the stories whose name holds the word. The last line is `N passed, M failed`.
import { Harness } from "./harness.mjs";
import { fireStory } from "./stories/fire.mjs";
import { figuresStory } from "./stories/figures.mjs";
import { bulletinsStory } from "./stories/bulletins.mjs";
import { camerasStory } from "./stories/cameras.mjs";
import { channelsStory } from "./stories/channels.mjs";
import { cascadeStory } from "./stories/cascade.mjs";
import { detectorsStory } from "./stories/detectors.mjs";
import { devicesStory } from "./stories/devices.mjs";
import { drillsStory } from "./stories/drills.mjs";
import { headsStory } from "./stories/heads.mjs";
import { floodStory } from "./stories/flood.mjs";
import { ladderStory } from "./stories/ladder.mjs";
import { ledgerStory } from "./stories/ledger.mjs";
import { manualStory } from "./stories/manual.mjs";
import { noticesStory } from "./stories/notices.mjs";
import { dutyRoomStory } from "./stories/dutyrooms.mjs";
import { organisationsStory } from "./stories/organisations.mjs";
import { ordersStory } from "./stories/orders.mjs";
import { organisationFilesStory } from "./stories/organisationFiles.mjs";
import { peopleStory } from "./stories/people.mjs";
import { pushStory } from "./stories/push.mjs";
import { qualityStory } from "./stories/quality.mjs";
import { recordingsStory } from "./stories/recordings.mjs";
import { rollCallsStory } from "./stories/rollcalls.mjs";
import { silencesStory } from "./stories/silences.mjs";
import { surveyStory } from "./stories/survey.mjs";
import { watchdogStory } from "./stories/watchdog.mjs";
import { zonesStory } from "./stories/zones.mjs";

// Each lane runs its stories one after the other. The second one mostly waits: for what a camera sees, for a second platform, for a minute's round.
const LANES = [
  [fireStory, manualStory, ordersStory, ladderStory, noticesStory, channelsStory, pushStory, watchdogStory, silencesStory, camerasStory, headsStory, qualityStory, surveyStory, devicesStory, recordingsStory, figuresStory, bulletinsStory, organisationsStory, organisationFilesStory, dutyRoomStory, rollCallsStory, drillsStory, peopleStory, floodStory],
  [zonesStory, cascadeStory, ledgerStory, detectorsStory],
];
const wanted = process.argv[2] ?? "";

const first = await Harness.start();
let passed = 0;
let failed = 0;

async function tell(harness, story) {
  const missing = (story.roles ?? []).filter((role) => !harness.hasLink(role));
  if (missing.length > 0) throw new Error(`no one-time link for ${missing.join(", ")}`);
  await story.run(harness);
}

async function runLane(harness, stories) {
  for (const story of stories.flat()) {
    if (!story.name.includes(wanted)) continue;
    const started_ms = Date.now();
    try {
      await tell(harness, story);
      passed += 1;
      console.log(`ok    ${story.name} (${Date.now() - started_ms} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL  ${story.name}: ${error instanceof Error ? error.message.split("\n").slice(0, 6).join("\n      ") : error}`);
      for (const shot of await harness.shoot(story.name)) console.log(`      picture: ${shot}`);
    }
  }
}

await Promise.all(LANES.map((stories, lane) => runLane(lane === 0 ? first : first.lane(), stories)));
for (const trouble of first.troubles) console.log(`note  ${trouble}`);
await first.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
