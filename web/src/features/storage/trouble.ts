// What is wrong with a disk, as one word that the locales explain. Pure.
import type { RecordingDisk } from "@/api/recordings";

/** Reasons the locales have words for; a new one of the server is `unknown` until they do. */
const KNOWN: ReadonlySet<string> = new Set(["missing", "other_disk", "unreadable", "read_only", "sync_failed", "write_failed", "recorder", "bucket_unreachable", "bucket_keys", "bucket_denied", "bucket_missing", "bucket_clock", "bucket_elsewhere", "bucket_full", "bucket_answer"]);

export function diskTrouble(disk: Pick<RecordingDisk, "state" | "out_code" | "is_full">): string | null {
  if (disk.state === "retired") return null;
  if (disk.out_code) return KNOWN.has(disk.out_code) ? disk.out_code : "unknown";
  if (disk.state === "failed") return "unknown";
  return disk.is_full ? "full" : null;
}
