import type zh from "./zhBulletins";

const en: typeof zh = {
  bulletin: {
    new: "New bulletin", make: "Write the draft", newHow: "The draft is written from the snapshot by templates and checked at once.", freshSnapshot: "Take a fresh snapshot as of now", compareWith: "Compare with (last) snapshot", none: "No bulletins", stateLabel: "State", number: "Number", noNumber: "number: given on approval", title: "Title", findings: "Findings", createdBy: "Author", publishedAt: "Published", revision: "revision {revision}", draftMark: "Draft for opinions",
    state: { draft: "Draft", consulting: "Consulting", approved: "Approved", published: "Published", withdrawn: "Withdrawn" },
    tab: { findings: "Findings", figures: "Figures", annexes: "Annexes", opinions: "Opinions", settings: "Settings", way: "Way" },
    action: { consult: "Ask for opinions", approve: "Approve", publish: "Publish", withdraw: "Withdraw" },
    ask: { publish: "Publishing sends it to every addressee; the text cannot change any more. Publish?", withdraw: "A withdrawn bulletin can no longer be edited or published; the archive stays. Withdraw?" },
    export: "Export", format: { docx: "DOCX (official layout)", template: "DOCX (your own red head)", pdf: "PDF", xlsx: "XLSX (annex tables)", json: "JSON (signed, with data)", text: "Plain text" },
    template: "Red-head template", templateHow: "Upload your office's red-head document (DOCX, at most 5 MB); exports fill the text into it.", templateNone: "None uploaded; exports use the general layout.", templateSince: "Uploaded, {time}", templateUpload: "Upload DOCX", templateSize: "The file is larger than 5 MB",
    hours: "Hours for opinions", consultHow: "The draft goes to the cities and counties it names and to the regions of named units; each may object item by item. It cannot be approved before the time is over.", consultSend: "Send the draft", approveHow: "Approving gives number and date and signs; the text cannot change any more. The author cannot approve.", overrideHow: "The linter still has {count} errors. To approve nevertheless, give a reason; it is recorded in the audit.", overrideReason: "Reason to approve nevertheless (required)", approveSend: "Approve and sign",
    object: "Object", objectFigure: "Object to this figure", objectHow: "Click a figure in the text, or the button beside a paragraph, to object to it.", objectionText: "Objection", objectionSend: "Send objection", evidence: "Evidence", wholeDraft: "To the whole bulletin", paragraphNo: "Paragraph {paragraph}", agree: "No objection", objections: "Objections", noObjections: "No objections yet", parties: "Asked", seen: "seen", unseen: "not seen", closesAt: "Closes", roundOver: "over",
    answer: { agree: "agrees", object: "objects", none: "silent" }, accepted: "Accepted", notAccepted: "Not accepted", accept: "Accept", refuse: "Do not accept", replyText: "Reply", noReply: "No reply yet",
    allFigures: "Show all {all} ({mine} of my region)", findFigure: "Find a figure", printed: "Printed", figureKind: "Kind", noRows: "This figure does not count units; there is no list behind it.",
    noAnnexes: "No annexes", annexNo: "Annex {number}", rows: "{rows} rows", settingsHow: "Saving writes the text again from the same snapshot as a new revision; the old one stays.", onePerLine: "one per line", asJson: "structured (JSON)", saveSettings: "Save and rewrite",
    approvals: "Approval", notApproved: "Not approved yet", overridden: "Approved with errors, because", signature: "Signature", algorithm: "Algorithm", key: "Key", digest: "Digest", receipts: "Delivery and reading", readOf: "{read} read of {sent} sent", unread: "not read",
  },
  figureKind: { count: "count", percent: "rate", share: "share", days: "days", change: "change", points: "points", unproved: "typed by the office, not proved by data" },
  setting: {
    title: "Title", addressees: "Addressees", organ: "Signing office", issuer: "Issuer (red head)", copies_to: "Copies to", additions: "Additional paragraphs", demands: "Demands (one paragraph a line)", number_pattern: "Number pattern", names_all_max: "Name all up to", names_shown_connection: "Names shown, connection", names_shown_duty: "Names shown, duty", names_annex: "Annex of the names", duty_threshold: "Low duty rate below (%)", threshold_percent: "Low below (%)", thresholds: "Thresholds",
    decimals: "Decimals", keep_trailing_zeros: "Keep trailing zeros", trailing_zeros: "Keep trailing zeros", contact: "Contact", verify_url: "Verification address",
  },
  inbox: { how: "Drafts and bulletins from the province. Answer before the time is over; read and confirm what has been published.", none: "Nothing waits", kind: "Kind", consultation: "Opinion asked", bulletin: "Bulletin", at: "Received", due: "Answer by", read: "Read", waits: "answer waits", acknowledge: "Confirm receipt" },
  finding: { errors: "{count} errors", warnings: "{count} warnings", noErrors: "No errors", none: "Nothing found", line: "line {line}", suggestion: "Suggestion: ", filter: "Filter by severity", severity: { error: "Errors", warning: "Warnings", style: "Style" } },
  rule: {
    L1: "Parts and total", L2: "One name, one value", L3: "Total within its parts", L4: "Denominators", L5: "Subsets", L6: "Bounds of derived counts", L7: "Complements", L8: "Precision and rounding", L9: "Completeness", L10: "Order", L11: "Superlatives and thresholds", L12: "Name lists", L13: "Dates", L14: "Vague numbers", L15: "Terms", L16: "Annexes", L17: "Feasible weights", L18: "Provenance",
  },
  lint: {
    give: "Check a notice", how: "Paste the text, or upload TXT, DOCX, PDF or JSON (at most 5 MB). Only contradictions that arithmetic proves are reported; numbers that cannot be read are listed, not judged.", paste: "Paste the whole notice here", check: "Check", file: "Choose a file (or drop it here)", toVerify: "Verify a published bulletin", pasted: "Pasted text", again: "Check another", size: "The file is larger than 5 MB", more: "Only the first {shown} of {all} lines are shown", unread: "Numbers not understood", unreadHow: "These took no part in the check; look at them yourself.",
  },
  lintRead: { counts: "counts", percents: "percentages", lists: "lists", dates: "dates", names: "names", paragraphs: "paragraphs", lines: "lines", figures: "figures", claims: "claims", totals: "totals" },
  verify: {
    title: "Verify a bulletin", link: "Verify a bulletin", how: "Upload the document you received, or enter its number or digest, to see whether this platform published it and whether a figure was changed.", upload: "Upload a file", or: "or", key: "Number or digest", privacy: "DOCX, PDF, TXT, JSON or XLSX, at most 20 MB. The file is only compared, not kept.", size: "The file is larger than 20 MB", found: "This is the text the platform keeps.", notFound: "No published bulletin answers to this.",
    verdict: { genuine: "Genuine and unchanged", altered: "Changed", unknown: "Not published by this platform", unreadable: "Cannot be read", found: "A published bulletin" }, signatureValid: "signature valid", signatureInvalid: "signature invalid", differences: "Figures that differ from the original ({count})", figure: "Figure", original: "Original", inDocument: "This document", missing: "not found", line: "Line", originalText: "Text the platform keeps",
  },
};
export default en;
