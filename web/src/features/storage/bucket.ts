// The bucket of a disk as its form has it, and as the server takes it. Pure.
import type { NewRecordingBucket, RecordingBucket, RecordingBucketPatch, RecordingBucketRule } from "@/api/recordings";

export interface BucketForm {
  endpoint: string;
  region: string;
  bucket: string;
  prefix: string;
  path_style: boolean;
  access_key_id: string;
  /** Empty: it stays as it is. */
  secret: string;
  takes: string;
  after_hours: number;
  /** 0: as fast as it goes. */
  mbit: number;
}

const BYTES_OF_MBIT = 125_000;
/** What services of one's own take where they know no regions. */
const REGION_FIRST = "us-east-1";
const HOURS_FIRST = 24;

export function bucketForm(bucket: RecordingBucket | null | undefined): BucketForm {
  return {
    endpoint: bucket?.endpoint ?? "",
    region: bucket?.region ?? REGION_FIRST,
    bucket: bucket?.bucket ?? "",
    prefix: bucket?.prefix ?? "",
    path_style: bucket?.path_style ?? true,
    access_key_id: bucket?.access_key_id ?? "",
    secret: "",
    takes: bucket?.takes ?? "evidence",
    after_hours: bucket?.after_hours ?? HOURS_FIRST,
    mbit: Math.round((bucket?.bytes_per_second_max ?? 0) / BYTES_OF_MBIT),
  };
}

export function isComplete(form: BucketForm, isNew: boolean): boolean {
  const filled = [form.endpoint, form.region, form.bucket, form.access_key_id].every((text) => text.trim() !== "");
  return filled && (!isNew || form.secret.trim() !== "");
}

function ruleOf(form: BucketForm): RecordingBucketRule {
  const { takes, after_hours, mbit } = form;
  return { takes, after_hours, bytes_per_second_max: mbit > 0 ? mbit * BYTES_OF_MBIT : null };
}

export function newBucket(form: BucketForm): NewRecordingBucket {
  const { endpoint, region, bucket, prefix, path_style, access_key_id, secret } = form;
  return { endpoint, region, bucket, prefix, path_style, access_key_id, secret, rule: ruleOf(form) };
}

/** Keys only where they changed: the server then looks at the bucket with them. */
export function bucketPatch(form: BucketForm, before: RecordingBucket): RecordingBucketPatch {
  const patch: RecordingBucketPatch = { rule: ruleOf(form) };
  if (form.access_key_id.trim() !== before.access_key_id) patch.access_key_id = form.access_key_id.trim();
  if (form.secret.trim() !== "") patch.secret = form.secret.trim();
  return patch;
}
