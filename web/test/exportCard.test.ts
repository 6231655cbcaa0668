import { VueQueryPlugin } from "@tanstack/vue-query";
import { describe, expect, it, vi } from "vitest";
import { createSSRApp, ref } from "vue";
import { createI18n } from "vue-i18n";
import { renderToString } from "vue/server-renderer";
import type { RecordingExport } from "@/api/recordings";
import ExportCard from "@/features/recordings/ExportCard.vue";
import frame from "@/locales/en";
import recordings from "@/locales/enRecordings";

// Only what the card tells its bar matters, so the bar is a plain element that bears it. The clock of the page stands still.
vi.mock("element-plus/es", async () => {
  const { h } = await import("vue");
  const plain = (name: string) => (props: Record<string, unknown>) => h(name, props);
  return { ElProgress: plain("progress"), ElButton: plain("button") };
});
vi.mock("element-plus/es/components/base/style/css", () => ({}));
vi.mock("element-plus/es/components/progress/style/css", () => ({}));
vi.mock("element-plus/es/components/button/style/css", () => ({}));
vi.mock("@/ui/now", () => ({ useNow: () => ref(Date.parse("2026-11-23T03:00:05Z")) }));

const job: RecordingExport = {
  id: "e", unit_id: "u", unit_name: "School", camera_id: "c", camera_name: "Gate", from: "2026-11-23T00:00:00Z", to: "2026-11-23T02:00:00Z", state: "running",
  asked_at: "2026-11-23T03:00:00Z", started_at: "2026-11-23T03:00:00Z", reason: "patrol", files: [], alteration: { watermark: false, hide_people: false, hidden_areas: [] },
};

async function shown(change: Partial<RecordingExport>): Promise<string> {
  const app = createSSRApp(ExportCard, { job: { ...job, ...change } });
  app.use(VueQueryPlugin).use(createI18n({ legacy: false, locale: "en", messages: { en: { ...frame, ...recordings } } }));
  return renderToString(app);
}

describe("the card of an export", () => {
  it("shows how far it is written", async () => {
    const card = await shown({ share: 0.424 });
    expect(card).toContain('percentage="42"');
    expect(card).toContain("42 %");
    expect(card).not.toContain("indeterminate");
  });

  it("shows that it waits where nothing is said yet", async () => {
    for (const change of [{ state: "waiting" }, { state: "running" }]) {
      const card = await shown(change);
      expect(card).toContain("indeterminate");
      expect(card).not.toContain("export-share");
    }
  });

  it("says that it is an altered copy, and what was done", async () => {
    const hidden_areas = [{ left_permille: 0, top_permille: 0, width_permille: 100, height_permille: 100 }];
    const card = await shown({ alteration: { watermark: true, hide_people: true, hidden_areas } });
    expect(card).toContain("Altered copy");
    expect(card).toContain("hidden areas: 1");
    expect(await shown({})).not.toContain("Altered copy");
  });

  it("has no bar when it is done", async () => {
    expect(await shown({ state: "done", share: 1 })).not.toContain("<progress");
  });
});
