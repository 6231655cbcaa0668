// Shapes of the figures and bulletin routes. Nothing is decided here; the server's document says the same.
import type { Cell, UnitRow } from "./types";

export const MEASURES = ["connection", "duty", "not_connected", "effective_duty", "unattended"] as const;
export type Measure = (typeof MEASURES)[number];

/** How many states of a measure were seen by the platform, said by the unit, or confirmed by a regulator. */
export interface Provenance {
  observed: number;
  reported: number;
  confirmed: number;
}

export interface SnapshotRow {
  id: string;
  as_of: string;
  taken_at: string;
  taken_by: string;
  units: number;
  hash: string;
  note?: string | null;
  register_version?: number | null;
  provenance?: Record<string, Provenance> | null;
  alarms?: Record<string, unknown> | null;
  parts?: Record<string, string> | null;
  synthetic?: boolean;
}

export interface FigureCellView extends Cell {
  /** Difference in hundredths of a percentage point since the compared snapshot. */
  change_points?: number | null;
  rank?: number | null;
}
export interface PlaceCell {
  region_id: string;
  name: string;
  cell: FigureCellView;
}
export interface FigureTableRow {
  category: string;
  total: FigureCellView;
  cities: PlaceCell[];
  outside_cities: FigureCellView;
}
export interface FigureTableView {
  snapshot: SnapshotRow;
  measure: string;
  definition_zh: string;
  definition_en: string;
  rows: FigureTableRow[];
  total: FigureCellView;
  by_city_total: PlaceCell[];
  outside_cities: FigureCellView;
}

export interface FrozenUnit extends UnitRow {
  provenance?: { connection: string; duty: string } | null;
  connected_since?: string | null;
  duty_since?: string | null;
}

/** Which units behind a figure. */
export interface UnitsQuery {
  measure?: string | undefined;
  category?: string | undefined;
  region_id?: string | undefined;
  outside_cities?: boolean | undefined;
  ownership?: string | undefined;
  study_level?: string | undefined;
  value?: "in" | "out" | "all" | undefined;
  limit?: number | undefined;
  after?: string | undefined;
}

export interface ThreeCounts {
  total: number;
  connected: number;
  duty: number;
}
export interface ComparedRow {
  category: string;
  city: { region_id: string; name: string } | null;
  from: ThreeCounts;
  to: ThreeCounts;
}
export interface Comparison {
  from: SnapshotRow;
  to: SnapshotRow;
  added: number;
  removed: number;
  changed: number;
  rows: ComparedRow[];
}
export const CHANGES = ["added", "removed", "connected", "disconnected", "duty_gained", "duty_lost", "moved", "renamed"] as const;
export type Change = (typeof CHANGES)[number];
export interface ComparedUnit {
  unit: UnitRow;
  change: string;
  old?: string | null;
  new?: string | null;
}

export interface TrendPoint {
  snapshot_id: string;
  as_of: string;
  numerator: number;
  denominator: number;
  percent_text: string | null;
}
export interface Forecast {
  deadline?: string | null;
  at_deadline_percent_text?: string | null;
  complete_on?: string | null;
  basis: string;
}
export interface Trend {
  points: TrendPoint[];
  weekly_rate?: Record<string, number | string | null> | null;
  forecast?: Forecast | null;
}

export interface Milestone {
  document: string;
  category: string;
  due: string;
  overdue_days: number;
  units: number;
  not_connected: number;
}
export interface OverdueUnit {
  unit: UnitRow;
  due: string;
  overdue_days: number;
  connection: string;
  reason?: string | null;
}
export interface Overdue {
  as_of: string;
  milestones: Milestone[];
  units: { items: OverdueUnit[]; next?: string | null };
}

export interface RegisterVersion {
  version: number;
  valid_from: string;
  approved_at: string;
  approved_by: string;
  units: number;
  note?: string | null;
  hash: string;
  changes: { added: number; removed: number };
}
export const CHANGE_REASONS = ["new", "merged", "closed", "correction", "out_of_scope"] as const;
export interface RegisterChange {
  id: string;
  unit: UnitRow;
  kind: "add" | "remove";
  reason: string;
  note?: string | null;
  proposed_by: string;
  proposed_at: string;
  /** Proposed by the asker, who therefore cannot decide it. */
  own?: boolean;
  decision_note?: string | null;
  decided_by?: string | null;
  decided_at?: string | null;
  state: "proposed" | "approved" | "rejected";
  version?: number | null;
}

export const BULLETIN_STATES = ["draft", "consulting", "approved", "published", "withdrawn"] as const;
export interface BulletinListRow {
  id: string;
  title: string;
  state: string;
  snapshot_id: string;
  as_of: string;
  created_at: string;
  created_by: string;
  revision: number;
  number?: string | null;
  published_at?: string | null;
  errors: number;
  warnings: number;
}
export interface BulletinFigure {
  id: string;
  label: string;
  text: string;
  kind: string;
  numerator: number;
  denominator?: number | null;
  category?: string | null;
  region_id?: string | null;
  outside_cities?: boolean;
  ownership?: string | null;
  study_level?: string | null;
  measure?: string | null;
  /** Units that this measure counts as well are left out. */
  minus?: string | null;
  /** `all`: the whole population of the measure is counted. */
  side?: string;
  /** Where a figure counts several categories but not all. */
  categories?: string[];
  rows_hash?: string | null;
  /** Place in the text, in UTF-16 units. */
  span: { offset: number; len: number };
}
export interface Finding {
  rule: string;
  line: number;
  paragraph: number;
  severity: string;
  figures: string[];
  arithmetic: string;
  message: string;
  message_en: string;
  suggestion: string;
  related_lines?: number[];
}
export interface Objection {
  id: string;
  by: string;
  region?: string | null;
  figure_id?: string | null;
  paragraph?: number | null;
  text: string;
  evidence_note?: string | null;
  at: string;
  reply?: string | null;
  accepted?: boolean | null;
}
export interface ConsultationParty {
  region_id?: string | null;
  unit_id?: string | null;
  name: string;
  seen_at?: string | null;
  answer?: "agree" | "object" | null;
}
export interface Consultation {
  closes_at: string;
  parties: ConsultationParty[];
  objections: Objection[];
}
export interface Approval {
  by: string;
  at: string;
  override_reason?: string | null;
}
export interface SignatureView {
  algorithm: string;
  key_id: string;
  signer?: string | null;
  digest?: string | null;
  valid?: boolean | null;
}
export interface BulletinStep {
  at: string;
  event: string;
  from?: string | null;
  to: string;
  revision: number;
  by: string;
  note?: string | null;
}
export type BulletinSettings = Record<string, unknown>;
export interface BulletinView extends BulletinListRow {
  text: string;
  paragraphs: { kind: string; text: string }[];
  figures: BulletinFigure[];
  annexes: { number: number; title: string; rows: number }[];
  findings: Finding[];
  version: number;
  settings: BulletinSettings;
  consultation?: Consultation | null;
  approvals: Approval[];
  /** What happened to it; empty for those who see no drafts. */
  steps: BulletinStep[];
  receipts?: { sent: number; delivered: number; read: number } | null;
  signature?: SignatureView | null;
  next: string[];
}
export interface AnnexView {
  columns: { title: string }[];
  rows: unknown[][];
  notes?: string[];
  next?: string | null;
}
export interface Receipt {
  region_id?: string | null;
  unit_id?: string | null;
  name: string;
  delivered_at?: string | null;
  read_at?: string | null;
  read_by?: string | null;
}
export interface InboxEntry {
  kind: "consultation" | "bulletin";
  bulletin_id: string;
  title: string;
  at: string;
  read_at?: string | null;
  due_at?: string | null;
}

export interface LintReport {
  findings: Finding[];
  unread: { line: number; text: string; reason?: string }[];
  read: Record<string, unknown>;
  lines: string[];
}

export interface SigningKey {
  key_id: string;
  algorithm: string;
  public_key_base64: string;
  valid_from: string;
  retired_at?: string | null;
}
export interface VerifiedBulletin {
  title: string;
  number?: string | null;
  date?: string | null;
  organ?: string | null;
  state: string;
  digest?: string | null;
}
export interface Verified {
  found: boolean;
  bulletin?: VerifiedBulletin | null;
  signature?: SignatureView | null;
  text?: string | null;
  figures?: BulletinFigure[] | null;
}
export interface Difference {
  figure_id?: string | null;
  label: string;
  original?: string | null;
  found?: string | null;
  line?: number | null;
}
export interface Verdict {
  verdict: "genuine" | "altered" | "unknown" | "unreadable";
  bulletin?: VerifiedBulletin | null;
  signature?: SignatureView | null;
  differences: Difference[];
  message_zh: string;
  message_en: string;
}
