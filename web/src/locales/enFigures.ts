import type zh from "./zhFigures";

const en: typeof zh = {
  figures: {
    snapshots: "Snapshots", tables: "Tables", trends: "Trends", take: "Take snapshot", takeHow: "A snapshot freezes the states of the units; tables and bulletins are computed from it. Any past moment can be taken again and has the same hash.", notYet: "The as-of time cannot be later than now", asOfNow: "(empty: now)", note: "Note", asOf: "As of", takenAt: "Taken", takenBy: "By", platform: "Platform", units: "Units", unitsShort: "units",
    hash: "Hash", registerShort: "Register", registerVersion: "register version {version}", measure: "Measure", category: "Category", allCategories: "All categories", scopeTotal: "Total", behind: "Units behind the figure", inside: "Counted", outside: "Not counted", ownRows: "Only units of your own region ({scope}) are listed.", whole: "Whole", numerator: "numerator", denominator: "denominator", rowsHash: "Hash of the list",
    noSnapshot: "No snapshot yet", snapshot: "Snapshot", since: "Change since snapshot", byCity: "All cities", cityItself: "City itself", drill: "Show its counties", view: "Tables", proof: "Proof", hint: "Click any figure for the units behind it", rankNo: "no. {rank}", cityRates: "Cities",
    sheet: { category: "Category", place: "Place", numerator: "Numerator", denominator: "Denominator", percent: "Rate (%)", change: "Change (points)", rank: "Rank" },
    compareTwo: "Compare the two chosen", compareHow: "Tick two snapshots to compare them", earlier: "Earlier snapshot", later: "Later snapshot", showUnmoved: "Show places without a change", changedUnits: "States changed", nothingMoved: "The two snapshots are the same", count: { total: "Should connect", connected: "Connected", duty: "On duty" },
    synthetic: "This snapshot holds synthetic data, not real units.", provenance: "Who says so (sources of the states)", alarms: "Alarms", parts: "Hashes of the parts", hashHow: "The whole hash is computed from those of the parts; it changes when any row is changed.",
  },
  measure: { connection: "Connection rate", duty: "Duty rate", not_connected: "Not-connected rate", effective_duty: "Effective duty rate", unattended: "Unattended rate" },
  measureDefinition: {
    connection: "Connection rate = units connected to the platform at the as-of time (a connection fault that has not ended counts as connected) ÷ units in the register of units that should connect. Units are counted, not cameras.", duty: "Duty rate = units whose 24-hour duty is valid at the as-of time ÷ units in the register of units that should connect: the denominator of the connection rate. Duty of units not yet connected counts.",
    not_connected: "Not-connected rate = units not connected at the as-of time ÷ units in the register of units that should connect; with the connection rate it makes 100 %.", effective_duty: "Effective duty rate = units both connected and on valid duty ÷ connected units.", unattended: "Unattended rate = connected units without valid 24-hour duty ÷ connected units; with the effective duty rate it makes 100 %.",
  },
  provenance: { observed: "Seen by the platform", reported: "Said by the unit", confirmed: "Confirmed by a regulator" },
  alarmCount: { from: "From", until: "Until", raised: "Raised", late: "Late", open: "Open", late_open: "Late, open", closed: "Closed", false_alarms: "False" },
  snapshotPart: { register_hash: "Register", connection_hash: "Connection", duty_hash: "Duty", alarms_hash: "Alarms" },
  change: { added: "Added", removed: "Removed", connected: "Newly connected", disconnected: "No longer connected", duty_gained: "Duty gained", duty_lost: "Duty lost", moved: "Moved", renamed: "Renamed" },
  trend: { perWeek: "Gain a week lately", denominatorChanged: "the denominator changed meanwhile", weeks: "Period", lastWeeks: "last {weeks} weeks", deadline: "Deadline", atDeadline: "At the deadline at this pace", completeOn: "Complete at this pace", never: "never at this pace", basis: "Basis", forecast: "Forecast", noForecast: "Too few snapshots, or too close together, for a forecast" },
  progress: { milestones: "Milestones", overdueUnits: "Units past their deadline and not connected", due: "Due", overdueDays: "Days late", notConnected: "Not connected", document: "Document", notDue: "not due", noPlan: "There is no plan", noneLate: "No unit is late", reason: "Reason", pace: "At the pace of the last weeks,", completeOn: "all connected by {day}" },
  register: {
    list: "Units", changes: "Proposed changes", versions: "Register versions", propose: "Propose a change", change: "Change", how: "A unit counts, or no longer counts, only after a second person has approved. Nobody approves what they proposed themselves.", versionsHow: "Every approval makes a new version; figures take the version valid at their as-of time as the denominator.",
    none: "No changes", noVersion: "No version yet", version: "Version", validFrom: "Valid from", approvedBy: "Approved by", approvedAt: "Approved", difference: "In / out", decisionNote: "Remark", approve: "Approve", reject: "Reject", proposedBy: "Proposed by", decidedBy: "Decided by", reasonLabel: "Reason",
    own: "your own", madeVersion: "{count} approved; register version {version} is valid", sent: "Proposed; a second person decides", decided: "{count} decided", state: { proposed: "Proposed", approved: "Approved", rejected: "Rejected" }, kind: { add: "Add", remove: "Remove" }, reason: { new: "new", merged: "merged", closed: "closed", correction: "correction", out_of_scope: "out of scope" },
  },
};
export default en;
