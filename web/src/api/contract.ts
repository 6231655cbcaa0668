// Shapes of the figures and bulletin routes. Nothing is decided here; the server's document says the same.
import type { components } from "./schema";

type Schemas = components["schemas"];

export const MEASURES = ["connection", "duty", "not_connected", "effective_duty", "unattended"] as const;
export type Measure = (typeof MEASURES)[number];

export type SnapshotRow = Schemas["Snapshot"];
export type FigureCellView = Schemas["Cell"];
export type PlaceCell = Schemas["CityCell"];
export type FigureTableRow = Schemas["FigureRow"];
export type FigureTableView = Schemas["Figures"];
export type FrozenUnit = Schemas["FrozenUnitRow"];

/** Which units behind a figure. */
export interface UnitsQuery {
  measure?: string | undefined;
  category?: string | undefined;
  region_id?: string | undefined;
  outside_cities?: boolean | undefined;
  ownership?: string | undefined;
  study_level?: string | undefined;
  /** Only units of unknown ownership or level of study. */
  kind_unknown?: boolean | undefined;
  /** Without the units that this measure counts as well. */
  minus?: string | undefined;
  value?: "in" | "out" | "all" | undefined;
}

export type ThreeCounts = Schemas["ThreeCounts"];
export type ComparedRow = Schemas["ComparisonRow"];
export type ComparedUnit = Schemas["UnitDifference"];
export const CHANGES = ["added", "removed", "connected", "disconnected", "duty_gained", "duty_lost", "moved", "renamed"] as const;
export type Change = (typeof CHANGES)[number];

export type TrendPoint = Schemas["TrendPoint"];
export type Forecast = Schemas["Forecast"];
export type Milestone = Schemas["Milestone"];
export type OverdueUnit = Schemas["OverdueUnit"];

export type RegisterVersion = Schemas["RegisterVersion"];
export const CHANGE_REASONS = ["new", "merged", "closed", "correction", "out_of_scope"] as const;
export type RegisterChange = Schemas["RegisterChange"];

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
  kind_unknown?: boolean;
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
