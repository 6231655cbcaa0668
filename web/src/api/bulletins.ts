// Bulletins from draft to receipt, the linter, and verification.
import { queryText } from "./address";
import { api, send, unwrap } from "./client";
import type { BulletinSettings, BulletinView, LintReport, Verdict } from "./contract";

const at = (id: string) => ({ params: { path: { id } } });

interface BulletinsQuery {
  state?: string | undefined;
  limit: number;
  after?: string | undefined;
}
export const bulletinsPage = (query: BulletinsQuery) => unwrap(api.GET("/api/bulletins", { params: { query } }));
export const bulletin = (id: string) => unwrap(api.GET("/api/bulletins/{id}", at(id)));
export const newBulletin = (body: { snapshot_id: string; compare_snapshot_id?: string }) => unwrap(api.POST("/api/bulletins", { body }));
export const withdraw = (id: string, reason: string) => unwrap(api.DELETE("/api/bulletins/{id}", { params: { path: { id }, query: reason ? { reason } : {} } }));
export const annex = (id: string, number: number, after?: string) => unwrap(api.GET("/api/bulletins/{id}/annexes/{number}", { params: { path: { id, number }, query: { after } } }));
export const documentPath = (id: string, format: string, template: boolean) => `/api/bulletins/${id}/document${queryText({ format, template })}`;

/** The body is the version read and, beside it, whatever settings there are: the description names only the version. */
export async function saveSettings(id: string, version: number, settings: BulletinSettings): Promise<BulletinView> {
  const body = JSON.stringify({ ...settings, version });
  return (await send(`/api/bulletins/${id}/settings`, { method: "PUT", headers: { "content-type": "application/json" }, body })) as BulletinView;
}

export const consult = (id: string, hours: number) => unwrap(api.POST("/api/bulletins/{id}/consultation", { ...at(id), body: { hours } }));
export const endConsultation = (id: string) => unwrap(api.DELETE("/api/bulletins/{id}/consultation", at(id)));
export const objectTo = (id: string, body: { figure_id?: string; paragraph?: number; text: string; evidence_note?: string }) => unwrap(api.POST("/api/bulletins/{id}/objections", { ...at(id), body }));
export const replyTo = (id: string, objection_id: string, body: { accepted: boolean; text: string }) =>
  unwrap(api.POST("/api/bulletins/{id}/objections/{objection_id}/reply", { params: { path: { id, objection_id } }, body }));
export const agree = (id: string) => unwrap(api.POST("/api/bulletins/{id}/consultation/agree", at(id)));
export const approve = (id: string, body: { version: number; override_reason?: string }) => unwrap(api.POST("/api/bulletins/{id}/approve", { ...at(id), body }));
export const publish = (id: string) => unwrap(api.POST("/api/bulletins/{id}/publish", at(id)));
export const acknowledge = (id: string) => unwrap(api.POST("/api/bulletins/{id}/receipt", at(id)));
export const receipts = (id: string) => unwrap(api.GET("/api/bulletins/{id}/receipts", at(id)));
export const inboxPage = (limit: number, after?: string) => unwrap(api.GET("/api/inbox", { params: { query: { limit, after } } }));

// A header carries no other letters; the name is only shown.
const ASCII = /^[\x20-\x7e]+$/;
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
export const templateState = () => unwrap(api.GET("/api/bulletins/template"));
export const uploadTemplate = (file: File) => send("/api/bulletins/template", { method: "PUT", headers: { "content-type": DOCX, ...(ASCII.test(file.name) ? { "x-file-name": file.name } : {}) }, body: file });
export const removeTemplate = () => unwrap(api.DELETE("/api/bulletins/template"));

/** Sends one file as the form field `file`. */
async function sendFile(path: string, file: File): Promise<unknown> {
  const body = new FormData();
  body.append("file", file);
  return send(path, { method: "POST", body });
}
export const lintText = async (text: string) => (await send("/api/lint", { method: "POST", headers: { "content-type": "text/plain; charset=utf-8" }, body: text })) as LintReport;
export const lintFile = async (file: File) => (await sendFile("/api/lint", file)) as LintReport;

export const signingKeys = () => unwrap(api.GET("/api/verify/keys"));
export const replaceSigningKey = () => unwrap(api.POST("/api/verify/keys"));
export const verifyKey = (key: string) => unwrap(api.GET("/api/verify/{key}", { params: { path: { key } } }));
export const verifyFile = async (file: File) => (await sendFile("/api/verify", file)) as Verdict;
