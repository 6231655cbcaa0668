import type zh from "./zhOrganisationFiles";

const en: typeof zh = {
  score: {
    month: "Month", how: "A score follows from the platform's rows by published rules alone; with the file anybody computes the same figure without the platform.", kept: "Kept ({time})", running: "The month runs: it changes with the rows", part: "Part", weight: "Weight", counted: "Counted", earned: "Earned", notMeasured: "Not measured, earns nothing", findings: "Confirmed deceit (each takes away)",
    rules: "Rules", rule: { parts: "A part earns its weight times what was counted, rounded down to hundredths; the parts are added.", nothing: "What was not measured earns nothing, and its weight stays.", alarms: "Alarms in time: from ringing to taking within the limit of the level; drills, tests and merged ones do not count.", findings: "Feigned duty, duty claimed falsely and false certificates take points once confirmed; withdrawn ones do not.", kept: "Kept once when every day of the month is closed in the ledger, and never changed, whatever is corrected or withdrawn later.", exempt: "Minutes exempt by plan are taken out up to {hours} hours a room and month; what is beyond counts as a gap." },
    again: "Compute it yourself", file: "Download the file", rows: { room_days: "room days", roll_calls: "roll-calls", alarms: "alarms", drills: "drills", findings: "findings" },
  },
  violation: {
    open: "Open an entry", how: "Each entry carries rows of the platform with their digests. 72 hours to reply; 15 days to appeal after a confirmation, and somebody else decides.", openHow: "Choose kind and stretch: the platform looks for rows that support it, and without one there is no entry. Feigned duty is filed when a suspicion is upheld.", none: "Nothing in the file", kind: "Kind", span: "Stretch", rows: "Rows", state: "State", person: "Person", words: "What is held against it", say: "Words (needed)",
    replyUntil: "Reply until {time}", appealUntil: "Appeal until {time}", fromSuspicion: "From an upheld suspicion", package: "Evidence package ({rows} rows)", intact: "as its digest says", altered: "NOT as its digest says",
  },
  application: {
    title: "Register a duty organisation", how: "The office of the place checks what you write (it calls, and asks for papers). Only an approval makes an organisation, and the office makes its account.", send: "Send", sendAgain: "Send again", leader: "Leader", receipt: "Receipt", receiptHow: "Keep this receipt: it alone shows how the application stands and lets you mend it. It is not shown again.", look: "Look", lookHow: "Sent already? Look it up or mend it with the receipt.", said: "The office says:", approvedHow: "Approved. The office of the place makes the leader's account; get in touch with it.",
    states: { waiting: "Waiting", returned: "Returned to be mended", approved: "Approved", refused: "Refused", lapsed: "Lapsed" },
    none: "No applications", sameName: "Another organisation or application has this name", sentAt: "Sent", sent: "Sent", applicant: "Applicant", times: "Times sent", reason: "Reason (needed to return or refuse; the applicant reads it)", unproved: "The platform has checked the code's check character and that it is not taken. Who wrote this is yours to find out.", toOrganisation: "To the organisation",
  },
  census: {
    open: "Open a census", none: "No census", title: "Title", deadline: "Answers until", until: "answers until {time}", note: "What is asked", progress: "Progress", of: "{accepted} accepted / {answered} answered / {asked} asked", running: "Running", closedAt: "Closed ({time})", close: "Close and keep", frozen: "Download what was kept", region: "Region", signed: "Signed by", nobody: "no organisation",
    counts: { organisations: "Organisations", valid: "valid", units: "Units", contracted: "with a running contract", on_duty: "with effective duty" },
    confirmHow: "Counted from the platform's rows; nobody types a number. Sign when the lists are right; where they are not, mend the rows first.", signedHow: "Numbers and lists as they were signed.", now: "now {count}", more: "{count} more", remark: "Remark (optional)", reason: "Why it is returned (needed to return)",
  },
  contract: { files: "Contract file", filesHow: "The signed contract (PDF, JPEG or PNG, at most 20 MB). Its two sides alone see it, and every look leaves a row.", noFiles: "No file yet.", addFile: "Add a file", ledger: "Duty ledger, last {days} d: {minutes} minutes without a contract in force." },
};
export default en;
