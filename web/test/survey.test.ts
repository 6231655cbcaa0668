import { describe, expect, it } from "vitest";
import { offerOf, usableStreams } from "@/features/survey/choice";
import { FILE_BYTES_MAX, LINE_BYTES_MAX, LINES_MAX, hostOf, readScan, type Reading, type Survey, type SurveyRow } from "@/features/survey/scanFile";

const HOST = "192.168.1.64";
const stream = (name: string, width: number, more: object = {}) => ({ name, encoding: "H.264", width, height: (width * 9) / 16, rtsp_url: `rtsp://${HOST}:554/${name}`, refusal: null, ...more });
const device = (more: object = {}) => ({
  address: HOST, ports: [80, 554], protocols: ["rtsp", "onvif"], onvif_port: 80, maker: "海康威视", maker_is_guessed: false, model: "DS-2CD", needs_password: true, clock_skew_ms: 12, streams: [stream("main", 1920), stream("sub", 640)],
  can_be_reused: { verdict: "yes", reason_code: "streams_known", reason_zh: "码流地址已取得", reason_en: "its streams are known" }, ...more,
});
const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;
const read = (...lines: (object | string)[]): Reading => readScan(bytes(lines.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n")));
function survey(...lines: (object | string)[]): Survey {
  const reading = read(...lines);
  if ("trouble" in reading) throw new Error(reading.trouble);
  return reading.survey;
}
function row(more: object = {}): SurveyRow {
  const [first] = survey(device(more)).rows;
  if (!first) throw new Error("the line is bad");
  return first;
}

describe("the file of a scan", () => {
  it("becomes rows by address as numbers", () => {
    const { rows, bad } = survey(device({ address: "192.168.1.100" }), device({ address: "192.168.1.9" }), device({ address: "10.200.0.1" }), "");
    expect(rows.map((one) => one.address)).toEqual(["10.200.0.1", "192.168.1.9", "192.168.1.100"]);
    expect(bad).toEqual([]);
  });
  it("loses only the line that is bad, and says its number and what is wrong", () => {
    const { rows, bad } = survey(device(), "192.168.1.7  ports 554", device({ address: "1.2.3.256" }), device({ ports: "80" }), { ...device(), can_be_reused: null }, "[1]");
    expect(rows).toHaveLength(1);
    expect(bad).toEqual([{ line: 2, why: "not_json" }, { line: 3, why: "field", field: "address" }, { line: 4, why: "field", field: "ports" }, { line: 5, why: "field", field: "can_be_reused" }, { line: 6, why: "field", field: "{}" }]);
  });
  it("is refused whole when it is too large, has too many lines, or nothing in it", () => {
    expect(readScan(new ArrayBuffer(FILE_BYTES_MAX + 1))).toEqual({ trouble: "too_large" });
    expect(readScan(bytes("\n".repeat(LINES_MAX + 1)))).toEqual({ trouble: "too_many_lines" });
    expect(read("", "")).toEqual({ trouble: "nothing" });
  });
  it("may have as many lines as a scan has addresses, with or without a last line end", () => {
    const lines = Array.from({ length: LINES_MAX }, (_, number) => device({ address: `10.0.${number >> 8}.${number & 255}` }));
    expect(survey(...lines, "").rows).toHaveLength(LINES_MAX);
  });
  it("counts a line's length in bytes", () => {
    const letters = (count: number) => device({ model: "烽".repeat(count) });
    const rest = JSON.stringify(letters(0)).length;
    expect(survey(letters(Math.ceil(LINE_BYTES_MAX / 3)), device()).bad).toEqual([{ line: 1, why: "too_long" }]);
    expect(survey(letters(Math.floor((LINE_BYTES_MAX - rest - 32) / 3))).bad).toEqual([]);
  });
  it("is also read as a PowerShell writes it: UTF-16, lines ended by two characters", () => {
    const text = `\uFEFF${JSON.stringify(device())}\r\n`;
    const reading = readScan(Uint16Array.from([...text].map((letter) => letter.charCodeAt(0))).buffer);
    expect(reading).toMatchObject({ survey: { rows: [{ maker: "海康威视" }], bad: [] } });
  });
  it("keeps the later of two lines for one address: the scan with the password follows the one without", () => {
    expect(survey(device({ model: "first" }), device({ model: "second" })).rows.map((one) => one.model)).toEqual(["second"]);
  });
});

describe("what a hostile device says", () => {
  it("becomes one short line without characters that are not seen", () => {
    const { maker, model, reason_zh } = row({ maker: "a\r\nb\u202Ec\u0000d\u2028e", model: "x".repeat(500), can_be_reused: { ...device().can_be_reused, reason_zh: "码".repeat(1000) } });
    expect(maker).toBe("a b c d e");
    expect([model.length, model.endsWith("…"), reason_zh.length]).toEqual([128, true, 300]);
  });
  it("is no address of a stream where it leads elsewhere, carries an account or is none at all", () => {
    const urls = ["rtsp://10.0.0.1/x", `rtsp://a:b@${HOST}/x`, `rtsp://${HOST}@10.0.0.1/x`, `rtsp://${HOST}.evil/x`, `http://${HOST}/x`, "javascript:alert(1)", `rtsp://${HOST}/a b`, `rtsp://${HOST}/\u202Ex`, `rtsp://${HOST}/${"x".repeat(3000)}`, 7, null];
    expect(row({ streams: urls.map((rtsp_url) => stream("s", 640, { rtsp_url })) }).streams.map((one) => one.rtsp_url)).toEqual(urls.map(() => null));
  });
  it("costs its line where a number is none", () => {
    for (const wrong of [{ streams: [stream("s", 640, { width: "1e3" })] }, { streams: [stream("s", -1)] }, { clock_skew_ms: "late" }, { ports: [70_000] }, { onvif_port: "80" }, { onvif_port: 0 }]) expect(survey(device(wrong)).bad).toHaveLength(1);
  });
  it("cannot change what objects are", () => {
    expect(survey(`{"__proto__":{"address":"10.0.0.1"},"address":"x"}`).bad).toEqual([{ line: 1, why: "field", field: "address" }]);
    expect(({} as Record<string, unknown>)["address"]).toBeUndefined();
  });
  it("is cut to what is shown: ports, streams, and protocols that are known", () => {
    const many = row({ protocols: ["sip", "telnet"], streams: Array.from({ length: 500 }, (_, number) => stream(`s${number}`, 640)) });
    expect([many.protocols, many.streams.length]).toEqual([["sip"], 64]);
  });
});

describe("the host of an address", () => {
  it("is found with and without port, path and account", () => {
    expect(["rtsp://10.0.0.1", "rtsp://10.0.0.1:8554/a", "RTSP://u:p@Cam.school/x?y=@", "rtsp://[fd00::1]:554/a", "file:///x", ""].map(hostOf)).toEqual(["10.0.0.1", "10.0.0.1", "cam.school", "[fd00::1]", "", ""]);
  });
});

describe("the streams that become a camera", () => {
  it("are the largest, and the smallest other one in H.264", () => {
    const streams = [stream("third", 352), stream("main", 2560, { encoding: "H.265" }), stream("sub", 640), stream("tiny", 320, { encoding: "H.265" })];
    expect(offerOf(row({ streams }), [])).toMatchObject({ kind: "add", is_recorder: false, choice: { address: `rtsp://${HOST}:554/main`, sub_address: `rtsp://${HOST}:554/third`, onvif_address: `${HOST}:80` } });
    expect(offerOf(row({ streams, onvif_port: null }), [])).toMatchObject({ choice: { onvif_address: "" } });
  });
  it("are the main stream alone where nothing else is H.264 or has an address", () => {
    const streams = [stream("main", 1920), stream("jpeg", 640, { encoding: "JPEG" }), stream("refused", 640, { rtsp_url: null }), stream("twin", 320, { rtsp_url: `rtsp://${HOST}:554/main` })];
    expect(usableStreams(row({ streams }).streams).map((one) => one.name)).toEqual(["main"]);
    expect(offerOf(row({ streams }), [])).toMatchObject({ choice: { sub_address: "" } });
  });
  it("are entered when the unit has a camera at this host, whatever its port and path", () => {
    expect(offerOf(row(), [`rtsp://${HOST}:8554/other`])).toEqual({ kind: "entered" });
    expect(offerOf(row(), ["rtsp://192.168.1.65/main", "rtsp://192.168.1.6/main"]).kind).toBe("add");
  });
  it("of a recorder are offered one after the other, without guessing a sub-stream", () => {
    const streams = [stream("ch1", 1920), stream("ch1-sub", 640), stream("ch2", 1920), stream("ch2-sub", 640)];
    expect(offerOf(row({ streams }), [])).toMatchObject({ is_recorder: true, entered: 0, choice: { address: `rtsp://${HOST}:554/ch1`, sub_address: "" } });
    expect(offerOf(row({ streams }), [`rtsp://${HOST}:554/ch1`])).toMatchObject({ entered: 1, choice: { address: `rtsp://${HOST}:554/ch2` } });
    expect(offerOf(row({ streams }), [`rtsp://${HOST}:554/ch1`, `rtsp://${HOST}:554/ch2`])).toEqual({ kind: "entered" });
  });
  it("are none where the scan says so; what speaks SIP registers itself", () => {
    const perhaps = { ...device().can_be_reused, verdict: "perhaps" };
    expect(offerOf(row({ streams: [], can_be_reused: perhaps }), [])).toEqual({ kind: "none" });
    expect(offerOf(row({ streams: [], can_be_reused: perhaps, protocols: ["sip"] }), [])).toEqual({ kind: "registers" });
    expect(offerOf(row({ streams: [stream("s", 640, { encoding: "JPEG" })] }), [])).toEqual({ kind: "none" });
  });
});
