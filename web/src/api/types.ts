// Short names for the shapes of the generated client. Nothing is defined here that the server does not define,
// except the names of closed word lists the pages branch on.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Problem = Schemas["Problem"];
export type Me = Schemas["Me"];
export type User = Schemas["User"];
export type Dictionary = Schemas["Dictionary"];
export type Region = Schemas["Region"];
export type UnitRow = Schemas["UnitRow"];
export type UnitDetail = Schemas["UnitDetail"];
export type ImportOutcome = Schemas["ImportOutcome"];
export type Camera = Schemas["Camera"];
export type CameraHead = Schemas["CameraHead"];
export type CameraOrder = Schemas["CameraOrder"];
export type CameraZones = Schemas["CameraZones"];
export type CameraZonesPut = Schemas["CameraZonesPut"];
export type RuleFigures = Schemas["RuleFigures"];
export type Quarantine = Schemas["Quarantine"];
export type Silence = Schemas["Silence"];
export type Organisation = Schemas["Organisation"];
export type OrganisationMoment = Schemas["OrganisationMoment"];
export type CriterionFinding = Schemas["CriterionFinding"];
export type Staff = Schemas["Staff"];
export type Contract = Schemas["Contract"];
export type ContractDocument = Schemas["ContractDocument"];
export type Violation = Schemas["Violation"];
export type Application = Schemas["Application"];
export type OwnApplication = Schemas["OwnApplication"];
export type Census = Schemas["Census"];
export type CensusAnswer = Schemas["CensusAnswer"];
export type DutyRoom = Schemas["DutyRoom"];
export type HeadCount = Schemas["HeadCount"];
export type Seat = Schemas["Seat"];
export type Roster = Schemas["Roster"];
export type RosterProblem = Schemas["RosterProblem"];
export type Shift = Schemas["Shift"];
export type Handover = Schemas["Handover"];
export type DutyRecord = Schemas["DutyRecord"];
export type SeatScreen = Schemas["SeatScreen"];
export type Vigilance = Schemas["Vigilance"];
export type OperatorLoads = Schemas["OperatorLoads"];
export type Watchdog = Schemas["Watchdog"];
export type WorkingHours = Schemas["WorkingHours"];
export type Zone = Schemas["Zone"];
export type ReferenceCandidate = Schemas["ReferenceCandidate"];
export type NewCamera = Schemas["NewCamera"];
/** A detection box on the wire: x, y, width, height, label. */
export type Box = (number | string)[];
// The typed client widens tuples to arrays when reading, so the boxes are named by what arrives.
type WithBoxes<Shape> = Omit<Shape, "boxes"> & { boxes: Box[] };
export type Alarm = WithBoxes<Schemas["Alarm"]>;
export type AlarmDetail = WithBoxes<Schemas["AlarmDetail"]>;
export type AlarmClock = Schemas["AlarmClock"];
export type AlarmStep = Schemas["AlarmStep"];
export type AlarmLadder = Schemas["AlarmLadder"];
export type LadderRun = Schemas["LadderRun"];
export type LadderStep = Schemas["LadderStep"];
export type Escalation = Omit<Schemas["Escalation"], "alarm"> & { alarm: Alarm };
export type OverdueParty = Schemas["OverdueParty"];
export type OverdueAlarm = Omit<Schemas["OverdueAlarm"], "alarm"> & { alarm: Alarm };
export type Notice = Schemas["Notice"];
export type NoticeDetail = Schemas["NoticeDetail"];
export type NoticeLevel = Schemas["NoticeLevel"];
export type NoticeStep = Schemas["NoticeStep"];
export type NoticedAlarm = Omit<Schemas["NoticedAlarm"], "alarm"> & { alarm: Alarm };
/** What has a default may be left out; the generated shape says that of what may be null alone. */
export type NewNotices = Pick<Schemas["NewNotices"], "batch_id" | "kind"> & Partial<Schemas["NewNotices"]>;
export type ChannelTest = Schemas["ChannelTest"];
export type NextAction = Alarm["next"][number];
export type RollCallRound = Schemas["RollCallRound"];
export type RollCallCounts = Schemas["RollCallCounts"];
export type DutyRollCall = Schemas["DutyRollCall"];
export type RollCallDay = Schemas["RollCallDay"];
export type RollCallExemption = Schemas["RollCallExemption"];
export type Drill = Schemas["Drill"];
export type DrillMonthRow = Schemas["DrillMonthRow"];
export type MonthlyDrill = Schemas["MonthlyDrill"];
export type SeatDrill = Schemas["SeatDrill"];
export type SeatRoomCode = Schemas["SeatRoomCode"];
export type SeatRollCall = Schemas["SeatRollCall"];
export type SeatRollCalls = Schemas["SeatRollCalls"];
export type SeatRollCallAnswered = Schemas["SeatRollCallAnswered"];
export type Overview = Schemas["Overview"];
export type Cell = Schemas["Cell"];
export type AuditRow = Schemas["AuditRow"];

/** One page of a keyset list: the rows and the token of the next page. */
export interface Page<Row> {
  items: Row[];
  next?: string | null;
}

export type Capability =
  | "see_units" | "import_units" | "see_cameras" | "manage_cameras" | "see_live" | "see_alarms" | "work_alarms"
  | "raise_alarm" | "review_alarms" | "see_organisations" | "manage_organisations" | "keep_organisation" | "agree_contracts" | "see_duty_rooms" | "manage_duty_rooms" | "set_head_counts" | "keep_rosters" | "sit_at_seat" | "ask_silence" | "approve_silence" | "acknowledge_alarms" | "see_notices" | "send_notices" | "answer_notices" | "quarantine_rules" | "call_roll" | "plan_drills" | "ask_exemption" | "approve_exemption" | "take_snapshot" | "see_figures" | "make_bulletin" | "approve_bulletin" | "answer_bulletin" | "approve_register"
  | "see_audit" | "manage_users" | "manage_keys" | "see_system"
  | "see_recordings" | "export_recordings" | "manage_recording" | "see_lookups" | "manage_disks"
  | "see_ledger" | "correct_ledger" | "decide_suspicions" | "reply_suspicions" | "make_duty_reports";
