import type zh from "./zhOrganisations";

const en: typeof zh = {
  organisation: {
    tab: "Part", tabs: { list: "Register", contracts: "Contracts", applications: "Applications", censuses: "Censuses" },
    how: { list: "An organisation is registered, approved where it sits, and then takes on units. What one side claims counts once the other has accepted it.", contracts: "What the unit says, what the organisation answered and what the register says of the duty stand side by side.", applications: "Written by organisations themselves; before an approval there is no organisation and no account.", censuses: "Each region confirms what the platform counts and signs; the office above accepts, closes and keeps it." },
    parts: { staff: "People", contracts: "Contracts", assessments: "Assessments", score: "Score", violations: "Violation file", history: "History" },
    find: "Name or credit code", anyState: "Any state", none: "No organisation is registered", register: "Register", edit: "Edit the organisation", registered: "Registered",
    name: "Name", creditCode: "Credit code", creditCodeHint: "18 characters, checked", seat: "Seat", region: "Seat", state: "State", people: "People", serves: "Units", servesOf: "{now} of {most} it can serve", address: "Address of the premises", phone: "Telephone, day and night", premises: "Floor of the premises (m²)", unitsMax: "Units it can serve", registeredAt: "Registered",
    rectifyBy: "To rectify by {time}", rectifyByField: "To rectify by (within 90 days)", reason: "Reason", findings: "The four criteria against the register",
    needed: { premises: "m², {needed} asked", staff: "people, {needed} asked", ability: "qualified, {needed} asked", around_the_clock: "proved by the ledger, {needed} a shift" },
    standing: { met: "Met", unmet: "Not met", look: "Needs a look on site" },
    meaning: {
      approve: "It may then agree contracts with units.", decline: "The registration is void; it may be registered again.", order_rectification: "Its contracts go on, it takes on nobody new, and it is looked at again by that day.", suspend: "Its contracts go on and it takes on nobody new until somebody lifts this.",
      restore: "Valid again; it may take on units.", replace: "Its units look for another; it serves until each is taken over.", cancel: "It serves no more. Not possible while it has contracts.",
    },
  },
  staff: {
    how: "Numbers are checked against the official register. Expired, unknown, too low or of the wrong direction does not count.", add: "Add a person", edit: "Edit a person", none: "Nobody on the list", withLeft: "With those who left", left: "Left {time}", name: "Name", post: "Post", certificate: "Certificate", number: "Number", level: "Level", direction: "Direction", validUntil: "Valid until", query: "Official query", queriedOn: "Asked on", standing: "Worth today",
    hasCertificate: "Holds a fire facility operator's certificate", account: "Make an account", end: "Left", endAsk: "{name} has left? The account is shut out at once; the row stays.",
  },
  assessment: { add: "Assess", how: "Premises, people, ability and duty around the clock, each judged; the figures of that moment are kept with it.", none: "Not assessed yet", passed: "Passed", failed: "Failed", why: "Remark", whyNeeded: "Say why", remark: "About all of it" },
  contract: {
    ofUnit: "Duty contracts", propose: "Propose a contract", withOver: "With those that are over", none: "No duty contract", unit: "Unit", unitId: "Unit id", organisation: "Organisation", span: "From – until", said: "What both say", duty: "Duty in the register", number: "Contract number", starts: "Begins", ends: "Ends",
    proposedBy: "Proposed by the {side} ({name})", replacing: "Takes another's place", followed: "Another takes its place", replaces: "Takes the place of", replacesNone: "None", reason: "Remark", reasonNeeded: "Say why",
    howUnit: "Your unit proposes, the organisation accepts. To change the organisation choose the contract that is replaced: both serve side by side, then the old one goes, with no gap between.", howOrganisation: "Your organisation proposes, the unit accepts.",
    title: { accept: "Accept the contract", decline: "Decline the contract", withdraw: "Take the proposal back", terminate: "End the contract" },
    meaning: { accept: "It begins by itself at its time.", decline: "The proposal is void; the other side may propose again.", withdraw: "The proposal is void.", terminate: "It ends at once. Without another organisation the unit is without duty from this moment, and that is counted." },
    covered: "No gap since the first contract began.", uncovered: "Without a contract for {span} since the first began.",
  },
};
export default en;
