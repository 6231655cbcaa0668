// Bulletins from draft to receipt, the linter, and verification.
import { get, queryText, write, writeFile } from "./call";
import { send } from "./client";
import type {
  AnnexView, BulletinListRow, BulletinSettings, BulletinView, Consultation, InboxEntry, LintReport, Receipt, SigningKey, Verdict, Verified,
} from "./contract";
import type { Page } from "./types";

const one = (id: string) => `/api/bulletins/${id}`;

export const bulletinsPage = (query: { state?: string | undefined; limit: number; after?: string | undefined }) => get<Page<BulletinListRow>>("/api/bulletins", query);
export const bulletin = (id: string) => get<BulletinView>(one(id));
export const newBulletin = (body: { snapshot_id: string; compare_snapshot_id?: string }) => write<BulletinView>("POST", "/api/bulletins", body);
export const saveSettings = (id: string, version: number, settings: BulletinSettings) => write<BulletinView>("PUT", `${one(id)}/settings`, { version, ...settings });
export const withdraw = (id: string, reason: string) => write<unknown>("DELETE", `${one(id)}${queryText({ reason })}`);
export const endConsultation = (id: string) => write<unknown>("DELETE", `${one(id)}/consultation`);
export const annex = (id: string, number: number, after?: string) => get<AnnexView>(`${one(id)}/annexes/${number}`, { after });
export const documentPath = (id: string, format: string, template: boolean) => `${one(id)}/document${queryText({ format, template })}`;

export const consult = (id: string, hours: number) => write<unknown>("POST", `${one(id)}/consultation`, { hours });
export const consultation = (id: string) => get<Consultation>(`${one(id)}/consultation`);
export const objectTo = (id: string, body: { figure_id?: string; paragraph?: number; text: string; evidence_note?: string }) => write<unknown>("POST", `${one(id)}/objections`, body);
export const replyTo = (id: string, objection_id: string, body: { accepted: boolean; text: string }) => write<unknown>("POST", `${one(id)}/objections/${objection_id}/reply`, body);
export const agree = (id: string) => write<unknown>("POST", `${one(id)}/consultation/agree`);
export const approve = (id: string, body: { version: number; override_reason?: string }) => write<unknown>("POST", `${one(id)}/approve`, body);
export const publish = (id: string) => write<unknown>("POST", `${one(id)}/publish`);
export const acknowledge = (id: string) => write<unknown>("POST", `${one(id)}/receipt`);
export const receipts = (id: string) => get<Page<Receipt>>(`${one(id)}/receipts`);
export const inbox = () => get<Page<InboxEntry> | InboxEntry[]>("/api/inbox");

export const templateState = () => get<{ uploaded_at?: string | null; bytes?: number | null }>("/api/bulletins/template");
export const uploadTemplate = (file: File) => send("/api/bulletins/template", { method: "PUT", body: file });
export const removeTemplate = () => write<unknown>("DELETE", "/api/bulletins/template");

export const lintText = async (text: string) => (await send("/api/lint", { method: "POST", headers: { "content-type": "text/plain; charset=utf-8" }, body: text })) as LintReport;
export const lintFile = (file: File) => writeFile<LintReport>("/api/lint", file);

export const verifyKey = (key: string) => get<Verified>(`/api/verify/${encodeURIComponent(key)}`);
export const signingKeys = () => get<SigningKey[]>("/api/verify/keys");
export const replaceSigningKey = () => write<SigningKey>("POST", "/api/verify/keys");
export const verifyFile = (file: File) => writeFile<Verdict>("/api/verify", file);
