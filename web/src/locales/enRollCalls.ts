// Words of roll-calls of duty rooms.
export default {
  rollCall: {
    tab: "Parts", tabs: { rounds: "Rounds", calls: "Room by room", exemptions: "Exemptions", plan: "Schedule and proof" },
    how: {
      rounds: "A duty room answers by one key at its own seat before the deadline, by the server's clock; the room's camera has to see the code on the seat's screen.",
      calls: "Every roll-call of every room, drawn ones and repeated ones too.",
      exemptions: "Asked for beforehand and approved by another person, four hours at most; nothing is exempted afterwards.",
      plan: "The moments of a day follow from a seed that is sealed the evening before: nobody can foresee them, or bend them unnoticed.",
    },
    ask: "Ask now", askTitle: "Ask duty rooms now", askNow: "Ask", whom: "Whom", choice: { reach: "All in reach", rooms: "Single rooms", sample: "A sample by lot" }, rooms: "Rooms", room: "Room", findRoom: "Type a name to find a room", organisation: "Organisation (any)",
    sample: "Sample", percent: "Share (%)", count: "Number", sampleHow: "The seed of the lot is kept with the result: anybody can draw it again.", minutes: "Minutes to answer", reason: "Reason", reasonHint: "e.g. spot check at night", drawnOf: "drawn of {rooms}",
    origin: "Origin", anyOrigin: "Any origin", anyState: "Any state", state: "State", result: "Result", askedAt: "Asked", askedBy: "Asked by", deadline: "Answer until", left: "{time} left", none: "No roll-calls yet", back: "Back to roll-calls", atDevices: "Roll-calls at transmission devices (GB/T 26875.3)",
    codeSeen: "code seen {rooms}", code: "Code in the picture", noPicture: "No code seen", answer: "Answer", after: "after {time}", againAt: "asked again {time}", answeredBy: "{name} answered after {time}", toAlarm: "The alarm that it is",
    times: { planned: "Drawn moment", askedAt: "Asked", heldUp: "Time anew after a stop of the platform", deadline: "Answer until", answeredAt: "Answer received", deviceAt: "Key pressed, as the seat says (a note)", codeAt: "Code seen", again: "Asked again" },
    picture: { asked: "The room at the question", answered: "The room at the answer", code: "The picture that decided about the code" }, noPictures: "No pictures: no camera of this room runs on this platform, or none is kept yet.",
    plan: { before: "From 23:00 the evening before, the seed is drawn and sealed, and its commitment (SHA-256) published.", during: "On the day rooms are asked when the seed says. What is missed while the platform is not running is left out and never made up for.", after: "The next day the seed is published. Anybody can recompute the commitment and every moment, and see what was left out, added or moved." },
    day: "Day", committedAt: "Committed", commitment: "Commitment", seed: "Seed", sealed: "Sealed until the next day", check: "Check", checkOf: "Check of {day}", noDays: "No day is committed to yet", rules: "Rules", rulesText: "at least {week} a room in any seven days, extra ones by 24 lots a day of {extra} per mille, {apart} s apart on one day", roomsInReach: "{rooms}, {reach} of them in reach", planned: "Planned", made: "made",
    verdict: { notYet: "The seed is published after the day; it can be checked then.", kept: "Proved: the seed is the one committed to, and every call was made as planned.", deviates: "The seed is the one committed to; the calls made differ from the schedule, see below.", broken: "Not proved: seed, day, rules or rooms are not those committed to." },
    checkYourself: "Check it yourself: download the text and compute its SHA-256; it is the commitment.", textFile: "The text", deviations: "Differences from the schedule", noDeviations: "None", at: "Moment", what: "What", deviation: { left_out: "Left out", added: "Not planned" }, ofRoom: "Moments of one room",
    exemption: {
      ask: "Ask for an exemption", all: "Also past ones", none: "No exemptions", span: "Time", starts: "From", ends: "Until", bounds: "Approved before it begins, four hours at most.", inForce: "In force", why: "Remark (optional)", whyNeeded: "Say why",
      event: { approve: "Approve", decline: "Decline", withdraw: "Withdraw" },
    },
    seat: {
      title: "Roll-call", waiting: "Answer the roll-call", late: "The deadline is over: answer now", left: "{time} left", press: "Space or Enter answers", answer: "Answer", answering: "Answering…", idle: "No roll-call now", queued: "The line is down. The answer is kept and sent when it is back; when the server receives it decides.",
      done: { answered: "Answered in time ({time})", late: "Answered, after the deadline ({time})" }, code: "Room code", noCode: "No code now", small: "Smaller (Esc)", lost: "The line for roll-calls is down; trying again…",
      refused: { other_room: "This seat does not belong to the room that was asked", not_on_roster: "You are not on the roster of this room now; a guard on duty has to answer", wrong_code: "The code has changed: press once more", too_late: "More than an hour after the deadline, no answer is taken" },
    },
  },
};
