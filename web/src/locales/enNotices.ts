// Words of notices and supervision.
export default {
  notice: {
    tabs: { overdue: "Overdue", list: "Notices", still: "Still open after notices" }, tab: "Tabs of notices",
    how: {
      overdue: "Open alarms that exceeded a limit for taking, verifying, arriving or handling, by the unit that answers. Choose units and send reminders, notices or supervision orders in bulk, one to each unit.",
      still: "Alarms that are still open after so many notices, by the unit that answers. Send supervision orders from here, or take the list of names along.",
    },
    state: { all: "All", awaiting: "Waiting for me", open: "Open", late: "Late", escalated: "Taken above", drafted: "Drafts" },
    by: "Counted by", to: "To", parties: { unit: "Units", organisation: "Organisations", both: "Units and organisations" },
    states: "Shown", kind: "Kind", anyKind: "All kinds", anyLevel: "All levels", none: { overdue: "No open alarm is overdue", still: "No such alarm", all: "No notices", awaiting: "Nothing waits for you", open: "No open notices", late: "No late notices", drafted: "No drafts" },
    selected: "{count} chosen", chooseAll: "Choose page", choose: "Choose {name}", sendTo: "Send notices", orderTo: "Send orders", alarmsOf: "Alarms",
    overdue: "{count} overdue", byLevel: "Level 1: {l1} · 2: {l2} · 3: {l3} · 4: {l4}", oldest: "Oldest {time}", noticed: "{count} with a notice", notices: "{count} notices lately", orders: "{count} orders", unanswered: "{count} unanswered", neverNoticed: "No notice yet", last: "Last {time}",
    after: "After at least", times: "notices", since: "and so many days since:", days: "days",
    dialog: {
      title: "Send notices", subject: "{units} parties, {alarms} alarms", deadline: "Reply by", deadlineReminder: "Sign by", remark: "In your own words", remarkHint: "Added at the end of the text, at most 500 characters", preview: "Text ({unit})", skipped: "{count} alarms have ended or are in time, and are left out", send: "Send {count}", draft: "Keep as drafts",
      kinds: { reminder: "to be signed for; not counted", notice: "to be signed for and replied to", supervision: "with a deadline; the reply is reviewed" }, done: "{count} sent", drafted: "{count} kept as drafts",
    },
    pick: { title: "Overdue alarms of {name}", sendPicked: "Send about {count} chosen", worst: "{clock} overdue", times: "{count} notices" },
    number: "Number", draftNumber: "Draft (not numbered)", nth: "No. {nth} lately", about: "{alarms} alarms, {open} open", from: "From {region} ({name})", deadline: "Due {time}", late: "Late", unsigned: "{count} levels have not signed", escalatedTo: "Taken to the {level}", allSigned: "Signed for at every level",
    body: "Text", noBody: "It is numbered and written when it is sent.", chain: "Receipts", steps: "What happened", alarms: "Alarms", periodFrom: "Counted since {time}",
    role: { party: "Answers", relay: "Relays", escalation: "Above" }, told: "Told {time}", again: "{rounds} times", vacant: "Nobody has an account here; not told", signed: "{name} signed {time}", notSigned: "Not signed", seen: "seen {time}",
    sign: "Sign for it", signed2: "Signed", draft: "Draft", platform: "Platform", words: { reply: "Reply", return: "Why returned", withdraw: "Why withdrawn" }, wordsHint: { reply: "Why it happened, what was done, with what result", return: "What is missing or wrong", withdraw: "Why it is taken back" },
    newDeadline: "New deadline", done: "{action}: done", again2: "Send again about what is open", nothing: "Nothing for you to do here now", onAlarm: "Notices", back: "Back to the list",
    export: "List of names",
  },
};
