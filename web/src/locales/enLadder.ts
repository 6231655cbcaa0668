import type zh from "./zhLadder";

const en: typeof zh = {
  ladder: {
    title: "Escalation", run: "{clock} limit", since: "since {time}", stopped: "done at {time}", over: "over", told: "told at {time}", rounds: "{rounds} times", in: "told in {time}", againIn: "told again in {time}",
    vacant: "nobody here: passed on at once", spared: "not told", seen: "seen at {time}", receipt: "acknowledged by {name} at {time}", owed: "not acknowledged", acknowledge: "Acknowledge", acknowledged: "Acknowledged",
  },
  dutyThen: { title: "Duty when it rang", at: "{day} {time}", none: "No contract for duty that both sides accepted: the unit is not in that day's ledger", notYet: "This minute is not judged yet; in about two minutes it is", stretch: "{from}–{to} ({minutes} minutes)", claimed: "duty was claimed", gap: "Duty gap", running: "the day is not closed yet" },
  escalation: {
    which: "Which", owed: "To acknowledge", all: "All", how: "Alarms that nobody below took, verified, went to or handled in time climb to here. To acknowledge means: known, and followed up. Handling stays with the guards and the unit.",
    runs: "{clock} waited for", none: { owed: "Nothing to acknowledge", all: "Nothing ever climbed here" },
  },
  toldBy: { in_app: "in the console", webhook: "Webhook", wecom: "WeCom robot", dingtalk: "DingTalk robot", feishu: "Feishu robot", sms: "Short message", voice: "Phone call", mail: "Mail", mqtt: "MQTT", web_push: "Push in browsers" },
  outlets: {
    title: "Channels of notification", how: "Where an alarm climbs, these channels tell of it besides the console. They are set up in the configuration file. A test message says that it is one.", none: "No channel to the outside is set up.", waiting: "{count} waiting",
    lastSent: "Last taken {time}", neverSent: "None taken yet", lastFailed: "Last failure {time}: {why}", test: "Test", people: "contacts that people of the rung entered", noneToTest: "No address to test: enter one of your own under How I am told.", taken: "taken", refused: "not taken",
  },
  sending: { waiting: "to be sent", sent: "sent", given_up: "could not be sent" },
};
export default en;
