// The register of look-ups as rows of a sheet, with the words of the language shown. Pure.
import type { Lookup } from "@/api/recordings";
import { dateTime } from "@/ui/time";

type Word = (list: "roles" | "lookup_kinds" | "lookup_reasons", code: string) => string;

export function rowsOfSheet(rows: readonly Lookup[], t: (key: string) => string, word: Word): (string | number)[][] {
  const head = [t("audit.seq"), t("audit.at"), t("lookup.who"), t("system.role"), t("lookup.kind"), t("unit.one"), t("footage.camera"), t("recording.from"), t("recording.to"), t("lookup.reason"), t("lookup.note"), t("audit.address"), t("lookup.digest")];
  const body = rows.map((row) => [
    row.seq, dateTime(row.at), row.actor.display_name, word("roles", row.actor.role), word("lookup_kinds", row.kind), row.unit_name, row.camera_name ?? "", dateTime(row.from), dateTime(row.to),
    word("lookup_reasons", row.reason), row.note ?? "", row.address ?? "", row.export_sha256 ?? "",
  ]);
  return [head, ...body];
}
