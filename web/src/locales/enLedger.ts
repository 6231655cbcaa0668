import type zh from "./zhLedger";

const en: typeof zh = {
  ledger: {
    tab: "Part", tabs: { days: "Ledger", effective: "Effective duty", suspicions: "Suspicions", reports: "Reports" },
    how: {
      days: "Each of a day's 1 440 minutes is judged: above what is proved, below what was claimed; gaps carry their cause. The running day is about two minutes behind; a day is closed at 4 in the morning, and then only added to.",
      effective: "Duty is effective when all five conditions are met and no suspicion stands, over the last seven closed days.",
      suspicions: "Signs found in the ledger and at seats. A suspicion is no finding: the organisation may reply for 72 hours, an office decides.",
      reports: "Made for an organisation and a day, sealed, and signed by the platform.",
    },
    proven: "Proved", claimed: "Claimed", claimedLine: "line below: claimed", gap: "Gap", atSeat: "Proved at the seat", exempt: "Exempt by plan", contradicted: "Claimed against what was seen",
    minutesOf: "{some} of {all} min", minutes: "{value} min", min: "min", people: "{value} required", rooms: "{value} rooms", allUnits: "Units in reach ({value} in the ledger)",
    closed: "Closed", running: "Not closed", corrected: "{value} corrections", correct: "Correct", edition: "correction {value}", butClaimed: "but claimed", fewer: "Fewer", allGaps: "All {value} gaps",
    none: "No duty room has a ledger on this day", day: "Day", dayBefore: "Day before", dayAfter: "Day after", verify: "Check", right: "all {value} links are right", wrong: "{value} links are wrong",
    correctHow: "A correction covers nothing: the old value, the person, the time and the reason stay, and each unit served gets another edition of its day.", from: "From", until: "Until", worth: "Worth", reason: "Reason and what it rests on",
    unmetOnly: "Only those that do not meet all", noStandings: "No unit is in the ledger yet", inRegister: "Register", follows: "By the ledger", notYet: "By the ledger: fewer than seven days ({days} so far), or no registered duty room", suspicionsStand: "{value} suspicions stand", yes: "yes", no: "no", nothingCounted: "nothing counted",
    anyState: "Any state", noSuspicions: "No suspicion", trick: "Suspicion", about: "About", seen: "Seen", state: "State", replyUntil: "Reply until {time}", open: "Open", suspicionHow: "A suspicion is no finding. Nothing is upheld before a reply or the end of its time.", limit: "limit {value}", package: "Evidence package", words: "Reply, or reason of the decision",
    ofUnit: "Ledger of duty", kinds: { daily: "Daily report", weekly: "Weekly report" }, organisation: "Organisation", make: "Make", noReports: "No report yet", report: "Report", made: "Made", signature: "Digest and signature", key: "key", platform: "the platform",
  },
};
export default en;
