// Names of codes in the language shown: from the server's dictionary where it has them, from the locales otherwise.
import { computed } from "vue";
import { useI18n } from "vue-i18n";
import type { Dictionary } from "@/api/types";
import { asProblem } from "@/api/problem";
import { useDictionary } from "@/app/session";

interface Named {
  code: string;
  name_zh: string;
  name_en: string;
}
type WordList = "categories" | "alarm_codes" | "place_types" | "false_alarm_reasons" | "connection_states" | "duty_states" | "onboarding_stages" | "alarm_states" | "notice_kinds" | "notice_states" | "notice_events" | "roles"
  | "device_states" | "device_reasons" | "upper_states" | "upper_troubles" | "transports" | "channel_states"
  | "gap_causes" | "lookup_kinds" | "lookup_reasons" | "retention_classes" | "floor_bases" | "deletion_whys" | "disk_states" | "bucket_takes" | "export_states" | "zone_kinds" | "lights" | "quarantine_states" | "quarantine_grounds" | "silence_states" | "day_kinds" | "applies" | "watchdog_stages"
  | "organisation_states" | "organisation_events" | "criteria" | "posts" | "certificate_levels" | "certificate_directions" | "certificate_queries" | "certificate_standings" | "contract_states" | "contract_events" | "contract_sides"
  | "score_parts" | "violation_kinds" | "violation_states" | "violation_events" | "application_states" | "application_events" | "census_states" | "census_events"
  | "room_kinds" | "legal_bases" | "roster_problems" | "vigilance_states" | "handover_states" | "record_states" | "drill_kinds" | "drill_states" | "drill_steps"
  | "minute_states" | "duty_conditions" | "tricks" | "evidences" | "suspicion_states" | "suspicion_events"
  | "duty_roll_call_states" | "roll_call_origins" | "code_verdicts" | "left_out_reasons" | "exemption_states";

export function useWords() {
  const { t, te, locale } = useI18n();
  const dictionary = useDictionary();
  const is_zh = computed(() => locale.value === "zh");

  const pick = (zh: string | null | undefined, en: string | null | undefined): string => (is_zh.value ? zh : en) ?? zh ?? "";

  function list(name: WordList): Named[] {
    const all: Dictionary | undefined = dictionary.value;
    return all ? all[name] : [];
  }
  function word(name: WordList, code: string | null | undefined): string {
    if (!code) return "";
    const found = list(name).find((entry) => entry.code === code);
    return found ? pick(found.name_zh, found.name_en) : code;
  }
  const options = (name: WordList) => list(name).map((entry) => ({ value: entry.code, label: pick(entry.name_zh, entry.name_en) }));

  /** A locale entry that may not exist (new server, old client): the code itself then. */
  const local = (group: string, code: string | null | undefined): string => {
    const key = `${group}.${code ?? ""}`;
    return code && te(key) ? t(key) : (code ?? "");
  };
  /** A failure in words; the server's detail is added because it says where to look. */
  const problemText = (thrown: unknown): string => {
    const problem = asProblem(thrown);
    const head = local("problem", problem.code);
    const rest = problem.fields.length > 0 ? problem.fields.map((f) => f.message || f.code).join("; ") : problem.detail;
    return rest ? `${head}: ${rest}` : head;
  };
  return { t, is_zh, pick, word, options, local, problemText, dictionary };
}
