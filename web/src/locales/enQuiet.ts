import type zh from "./zhQuiet";

const en: typeof zh = {
  silence: {
    title: "Planned silences", how: "Before works, an exercise or repairs: one person asks, a regulator who is another person approves, and it ends by itself. Meanwhile alarms are recorded and marked; they do not ring and do not climb. One that is still open at the end rings and climbs from then. Detectors, call points and people who report a fire are never silenced.",
    ask: "Ask for a silence", askTitle: "Ask for a planned silence", showAll: "ended ones too", none: "No silence is asked for or in force", noneAll: "No silence yet", unit: "Unit", camera: "Camera", wholeUnit: "the whole unit", rule: "Rule", everyRule: "every rule", what: "What", reason: "Reason", reasonHint: "e.g. exit signs of building 1 are replaced; the contractor has filed the works",
    starts: "Begins (Beijing time)", ends: "Ends (Beijing time)", bounds: "7 days at most; 24 hours where it takes in fire seen by cameras (smoke, flame).", span: "{from} to {until}", state: "State", inForce: "In force", upcoming: "Approved, not begun", askedBy: "asked by {name}", decidedBy: "{name}: {why}", alarms: "Alarms in it", noReason: "(no reason given)",
    approve: "Approve", decline: "Decline", lift: "Lift", why: "Remark", whyNeeded: "Reason", done: "Noted", fire: "with fire seen by cameras", noFire: "fire seen by cameras rings",
    nameFire: "Silence fire of level 1 seen by cameras too (smoke, flame)", nameFireHow: "With this, nobody is called when these cameras see smoke or flame. Make sure that somebody watches the place. Such a silence lasts 24 hours at most.", mustNameFire: "This silence is about fire seen by cameras: the approval has to name it.",
    quietUntil: "Planned silence until {time}; it rings, and its limits run, from then", behind: "Alarms of the silence",
  },
  hours: {
    title: "Working hours and holidays", how: "Rungs of levels 2 to 4 may be told in working hours only, or outside them; level 1 is told at any hour.", today: "Today, {day}: {kind}", hours: "working hours {hours}", inNow: "it is working hours", outNow: "it is outside working hours", next: "Holidays and make-up days to come",
    knownUntil: "Holidays are known until {day}; later days are judged by their weekday.", unknown: "Holidays are known until {day} only: today is judged by its weekday and may be a holiday. Update the program.", soon: "Next year's holidays are not in the table yet: after {day}, days are judged by their weekday.", source: "By: {source}", only: { in_hours: "working hours only", out_of_hours: "outside working hours only" },
  },
  watchdog: {
    title: "Watchdog of the alarm path", how: "A test alarm goes all the way of a real one again and again: rows, outbox, clocks, push, channels. One that does not come through in time is a fault. It is in no list of alarms and in no figure.",
    verdict: { sound: "Alarms come through", broken: "Alarms do not come through", silent: "The watchdog has stopped", beginning: "First test alarm on its way", off: "The watchdog is off" }, every: "every {every} s, through within {within} s", lastArrival: "Last one through: {time}", never: "none through yet", trouble: "{time}: no test alarm could begin: {why}",
    channels: "Channels with test alarms", channel: "{name} (every {every})", proves: "sends a receipt back", accepted: "by its word", noChannels: "No channel to the outside carries test alarms", faults: "Faults", noFaults: "No faults", stage: "Link", since: "since {time}", ongoing: "not mended, {probes} in a row", mended: "mended {time}", probes: "Last test alarms", raised: "Raised", arrived: "through", missed: "not through", underway: "on its way", rehearsed: "Rehearsed", yes: "yes", noUnit: "no unit, no", sent: "Channels",
  },
  load: {
    title: "Load of the guards", how: "Alarms that called each guard within ten minutes. In the long run a person can work {target} (about {day} a day); more than {above} are a flood (EEMUA 191). Counted from what was told; what is quiet does not count.", none: "No account of a guard within reach", guard: "Guard", inWindow: "Ten minutes", inHour: "Hour", inDay: "Day", state: "State", floodedSince: "flooded since {time}",
    flood: "Flood: {count} alarms in ten minutes", floodHow: "Since {time}; {target} is what a person can work. Alarms of levels 2 to 4 of the same unit, place and kind stand under one card for now, none is left out; level 1 always stands alone and rings.", unfold: "{count} more alike ▾", fold: "fold {count} more ▴",
  },
};
export default en;
