// Chinese words of the site survey: what a scan found and what is to be done with it.
export default {
  survey: {
    what: "查清学校里已有的摄像机：哪些可以直接接入，哪些要先处理，哪些不能用。",
    run: "在学校网络内的电脑上运行扫描（网段换成学校的实际网段）：",
    command: { plain: "不带账号", login: "带 ONVIF 账号" },
    rules: "只扫描由您负责的网络，并事先告知网络管理人员。一次最多 {count} 个地址，不猜测密码；带账号才能取得码流地址。",
    give: "把得到的 site.jsonl 拖到本页，或点“选择文件”。",
    choose: "选择文件", another: "换一个文件", drop: "或拖到此处", stays: "文件只在本浏览器中读取，不上传。",
    trouble: { too_large: "文件超过 4 MB，不是扫描结果。", too_many_lines: "文件超过 {count} 行。一次扫描最多 {count} 个地址，请按学校分开。", nothing: "文件是空的：没有扫描到设备，或扫描没有完成。", unreadable: "文件无法读取，请重新选择。" },
    badLines: "有 {count} 行未能读取，其余各行不受影响：", badMore: "另有 {count} 行",
    bad: { too_long: "第 {line} 行：超过 64 KB", not_json: "第 {line} 行：不是扫描结果（扫描时须带 --json）", field: "第 {line} 行：字段 {field} 有误" },
    found: "发现设备", verdicts: "按结论筛选", verdict: { yes: "可直接接入", perhaps: "处理后可接入", no: "不能接入" },
    makers: "厂商", unknownMaker: "厂商不明", otherMakers: "其他厂商", guessed: "厂商由设备的软件信息推测，设备没有明说",
    unit: "接入单位", unitHow: "选择单位后，可看出哪些设备已接入。", search: "按地址、厂商、型号、原因查找",
    address: "地址", device: "厂商 / 型号", protocols: "协议 / 端口", streams: "码流", skew: "时钟偏差", todo: "结论与处理办法",
    noUrl: "没有可用地址", moreStreams: "另有 {count} 路码流", fast: "快 {span}", slow: "慢 {span}", skewHow: "与扫描所用电脑的时间相比，画面上的时间也差这么多。请在设备上设置自动校时（NTP）。",
    withPassword: "接入时填写设备的用户名和密码。",
    add: "添加摄像机", entered: "已接入", enteredSome: "已接入 {count} 路。", recorder: "像是录像机：请逐路添加，子码流自行填写。", registers: "由设备自行注册到本平台。", toDevices: "到“设备”页登记",
  },
  surveyAdvice: {
    needs_password: "找到密码，或在设备网页上新增 ONVIF 用户，再带账号扫描。",
    wrong_password: "核对后再扫描一次。",
    clock_or_password: "校准后再带账号扫描一次。",
    rtsp_without_path: "也可在设备上开启 ONVIF 后再扫描。查到路径后，在“摄像机”页新增。",
    unsupported_codec: "改好后再扫描一次。",
    no_stream: "如是录像机，请扫描它所接各摄像机的地址。",
  },
};
