// Chinese words of the devices desk: GB/T 28181 devices, their channels, diagnosis, reports and recordings.
export default {
  device: {
    import: "批量导入", importHow: "表头：设备编号、设备名称、学校代码或单位编号、接入密码（留空由平台生成）。CSV 或 XLSX；先检查，全部合格后才会写入。", importSecrets: "平台生成了 {count} 个接入密码，只在这里出现一次。", importKeep: "下载密码清单", sheet: { gb_id: "设备编号", name: "设备名称", unit_id: "单位编号", secret: "接入密码" },
    name: "设备名称", nameHint: "例如：门卫室硬盘录像机", unit: "所属单位", gbId: "国标编号", state: "状态", states: "设备数量（按状态）", since: "开始于 {time}", model: "厂商 · 型号", maker: "厂商", modelOnly: "型号", firmware: "固件版本", edition: "标准版本", address: "信令地址", channels: "通道数",
    search: "设备名、单位名或国标编号", add: "新增设备", registeredAt: "最近注册", expiresAt: "注册有效期至", catalogueAt: "最近目录", catalogueParts: "目录不完整", createdAt: "登记时间", toDiagnosis: "看诊断",
    position: "最近位置（WGS-84）", speed: "{speed} 公里/小时",
    secret: "接入密码", secretMade: "由平台生成（只显示一次）", secretOwn: "自行设定", secretHint: "8 至 64 个字母、数字或符号，不含空格", secretSet: "已设置（不可查看）", secretMissing: "未设置，无法注册", secretOnce: "请现在把以下内容填入设备的“平台接入（GB/T 28181）”页面。密码只显示这一次，关闭后无法再查看，只能重新生成。", secretSeen: "已抄录，关闭",
    secretNew: "更换接入密码", secretRenew: "更换密码", secretAsk: "更换后，设备须填入新密码才能重新注册。确定更换？", entered: "登记信息", disabled: "停用（拒绝注册）", saved: "已保存", remove: "删除设备", removeAsk: "删除设备“{name}”？报警上报记录会保留；仍有摄像机取流的设备不能删除。",
    orders: "设备命令", ordered: "设备已接受命令", order: { guard_set: "布防", guard_reset: "撤防", restart: "重启设备", catalogue: "重新查询目录" },
    orderAsk: { guard_set: "对“{name}”的全部报警点布防？", guard_reset: "对“{name}”的全部报警点撤防？撤防期间不上报报警。", restart: "重启“{name}”？重启期间没有画面和录像。", catalogue: "重新查询“{name}”的目录？" },
    tab: { facts: "概况", channels: "通道", diagnosis: "诊断", upkeep: "维护", notices: "报警上报", settings: "设置" },
    hint: { offline: "设备离线。诊断逐步说明问题出在哪里、应当怎么做。", unauthorised: "有设备以此编号注册，但密码错误。请核对设备中填写的密码。", never_seen: "设备尚未注册。请在设备的平台接入页面填写下列参数和接入密码。", disabled: "设备已停用，注册会被拒绝。" },
  },
  access: {
    title: "平台接入参数", off: "平台未启用国标（GB/T 28181）接入。请在配置文件 [access] 中填写平台编号并重启。", id: "SIP 服务器编号", domain: "SIP 域", host: "SIP 服务器地址", port: "SIP 服务器端口", address: "SIP 服务器地址与端口", transport: "信令传输", both: "UDP 和 TCP 均可",
    how: "在录像机或摄像机的“平台接入”页面选择 GB/T 28181，填入以上参数、设备自己的国标编号（用户名相同）和接入密码。",
  },
  waiting: {
    title: "待批准设备", none: "没有待批准的设备。", how: "以下编号正在请求注册，但没有登记。登记即批准；请先与现场核对编号和来源地址，再批准。", address: "来源地址", agent: "自称", first: "首次", last: "最近", knocks: "次数", proved: "调试密码", knows: "知道调试密码", knowsNot: "不知道调试密码", approve: "批准", from: "来自 {address}，自称 {agent}。",
  },
  gbId: {
    division: "地区", trade: "行业", kind: "类型", foreign: "只能填写数字 0 至 9", tooMany: "多了 {count} 位", unusual: "请再核对：学校设备的行业码一般为 11 或 55，类型码一般为 118（录像机）或 132（网络摄像机）。", unusualPlatform: "请再核对：平台的类型码（第 11 至 13 位）一般为 200。",
    tradeOf: { education: "教育", security: "公安", traffic: "交通", other: "其他行业" },
    kindOf: { recorder: "录像机", camera: "摄像机", server: "视频服务器", alarm_controller: "报警控制器", alarm_input: "报警输入", alarm_output: "报警输出", voice: "语音", platform: "平台", directory: "目录", other: "其他" },
  },
  gbEdition: { "1_0": "2011", "1_1": "2011", "2_0": "2016", "3_0": "2022" },
  habit: {
    advanced: "高级：设备习惯", how: "一般不需要改动。只有设备表现异常、诊断提示时才调整；留空表示按标准版本和厂商的惯例。", usual: "按惯例",
    media: { name: "视频传输", helps: "花屏、断续多因丢包，改用 TCP", udp: "UDP", tcp_device_connects: "TCP，设备连接平台", tcp_platform_connects: "TCP，平台连接设备" },
    charset: { name: "中文编码", helps: "通道名乱码时调整", gb2312: "GB 2312", gb18030: "GB 18030", utf8: "UTF-8" },
    live_stream: { name: "实时码流", helps: "学校上行带宽不足时用子码流；保存后摄像机重新取流", main: "主码流", sub: "子码流" },
    sub_stream: { name: "子码流请求方式", helps: "总是返回主码流时调整", stream_number: "streamnumber", stream: "stream", stream_profile: "streamprofile", stream_mode: "streamMode", no: "不请求子码流" },
    catalogue_event: { name: "目录订阅写法", helps: "目录变化不上报、订阅被拒时调整", presence: "presence", plain: "只写名称", with_id: "名称加编号" },
    alarm_event: { name: "报警订阅写法", helps: "报警不上报、订阅被拒时调整", presence: "presence", plain: "只写名称", with_id: "名称加编号" },
    ssrc_checked: { name: "核对媒体标识", helps: "设备发来的标识与约定不符、没有画面时改为“否”" },
    time_sync: { name: "注册时校时", helps: "本地另有校时源时改为“否”" },
    subscribes: { name: "订阅目录和报警", helps: "设备收到订阅后死机或重启时改为“否”" },
    roaming: { name: "允许地址变化", helps: "移动网络、出口地址常变时改为“是”" },
    keepalive_s: { name: "心跳间隔（秒）", helps: "与设备中的设置一致" },
    keepalive_misses: { name: "允许缺失心跳次数", helps: "网络不稳、频繁掉线时加大" },
    position_s: { name: "位置上报间隔（秒）", helps: "车载、移动设备需要位置时填写" },
    record_window_h: { name: "单次录像查询跨度（小时）", helps: "查询一整天无结果时减小" },
    redirect: { name: "转到其他节点", helps: "集群：让设备改向该节点注册" },
  },
  channel: {
    name: "通道名称", type: "类型", status: "设备所报状态", mount: "云台", camera: "摄像机", isCamera: "已设为摄像机", toCamera: "查看这台摄像机", place: "设为摄像机", placeAll: "全部设为摄像机", placeAllHow: "把本设备所有摄像机类通道设为摄像机，使用通道原名；已设的不变。场所以后可在摄像机页面逐个修改。", look: "看实时", replay: "录像",
    isGone: "已不在目录中", none: "没有通道。设备注册后会自动上报目录。", search: "通道名或编号", which: "筛选通道", all: "全部通道", placed: "已设为摄像机", unplaced: "未设为摄像机", gone: "已不在目录中", askAgain: "重新查询目录", asked: "已向设备查询目录", watchHow: "关闭时只在有人观看时取流",
    didPlace: "已设为摄像机“{name}”", didPlaceAll: "新设 {placed} 个；原已设 {had} 个；非摄像机 {none} 个",
  },
  mount: { 1: "球机", 2: "半球", 3: "固定枪机", 4: "遥控枪机", 5: "遥控半球", 6: "多目（全景）", 7: "多目（拼接）" },
  ptz: {
    title: "云台", presets: "预置位", stop: "停", up: "向上", down: "向下", left: "向左", right: "向右", upLeft: "左上", upRight: "右上", downLeft: "左下", downRight: "右下", zoom: "变倍", zoomLess: "拉远", zoomMore: "拉近", focus: "聚焦", focusLess: "聚焦远", focusMore: "聚焦近", iris: "光圈", irisLess: "光圈缩小", irisMore: "光圈放大",
    speed: "速度", hold: "按住转动，松开即停；键盘按住空格或回车。每次操作都有记录。", noPresets: "没有预置位", turn: "转动云台", asking: "正在询问摄像机…", askAgain: "重新询问", looks: "当前朝向", looksAt: "水平 {pan}%，俯仰 {tilt}%，变倍 {zoom}%", looksUntold: "摄像机未告知朝向", presetName: "预置位名称", keepHere: "记住当前位置", preset: "预置位", number: "预置位编号", call: "调用", remember: "设为当前", forget: "删除预置位 {number}",
    rounds: "巡航与扫描", cruise: "巡航", scan: "扫描", begin: "开始", group: "巡航或扫描组号", noCruises: "设备没有巡航轨迹", noStops: "没有停留点", stopOf: "{preset}（{seconds} 秒）",
    precise: "精确定位", pan: "水平角", tilt: "俯仰角", times: "倍数", askPlace: "当前位置", goThere: "转到此处", home: "看守位", homeOn: "启用", homeAfter: "空闲（秒）",
  },
  voice: {
    title: "喊话", hold: "按住说话", opening: "正在打开麦克风……", calling: "正在接通设备……", speaking: "请讲话，松开结束", hint: "声音从设备的扬声器播出，不录音；每次喊话都有记录。键盘按住空格或回车。",
    insecure: "浏览器只在 https 或本机地址上允许使用麦克风，请用 https 打开本页", denied: "麦克风未获授权：请在浏览器中允许本页使用麦克风，然后重新按住", missing: "没有找到麦克风", busy: "麦克风打不开，可能被其他程序占用", closed: "喊话连接中断", notAllowed: "没有喊话的权限，或登录已失效",
  },
  capture: {
    take: "抓图", save: "保存图片", waiting: "正在等待图片……", how: "2022 版设备自行抓拍上传，其他设备取一帧实时画面；每次抓图都有记录。", of: "“{name}”的抓图",
  },
  captureFrom: { device: "设备抓拍", stream: "实时画面截取" },
  upkeep: {
    condition: "设备自报状态", ask: "重新查询", asking: "正在向设备查询……", untold: "设备未说明", online: "在线", isOnline: "在线", isOffline: "不在线", works: "工作状态", fine: "正常", broken: "异常", encodes: "视频编码", records: "设备录像", runs: "进行中", stopped: "未进行", clock: "设备时间",
    parameters: "设备中的基本参数", ownName: "设备自称", expires_s: "注册有效期（秒）", keepalive_s: "心跳间隔（秒）", keepalive_misses: "心跳超时次数", set: "写入设备", setAsk: "把改动写入设备“{name}”？平台将按新的心跳间隔和次数判断其是否在线。", taken: "设备已接受，平台按新参数判断在线", how: "参数保存在设备中，每次查询都向设备读取；写入操作记录在案。",
    cards: "存储卡", noCards: "设备没有存储卡", card: "存储卡", cardState: "状态", capacity: "容量", free: "剩余", format: "格式化", formatAsk: "格式化“{name}”的存储卡 {number}？卡上的录像将全部丢失，无法恢复；是谁格式化将记录在案。", formatYes: "格式化",
  },
  pointDuty: { armed: "布防", disarmed: "撤防", alarm: "报警中" },
  cardState: { ok: "正常", formatting: "格式化中", unformatted: "未格式化", idle: "未使用", error: "故障" },
  recording: {
    title: "录像", day: "日期", search: "查询", asking: "正在向设备查询录像……", found: "{count} 段录像", incomplete: "设备没有返回全部目录", none: "这一天没有录像", choose: "点击下方时间轴或列表开始播放", timeline: "当日时间轴", from: "开始", to: "结束", kind: "类型", size: "大小", play: "播放",
  },
  recordingKind: { time: "定时", alarm: "报警", manual: "手动", all: "全部" },
  playback: {
    connecting: "正在调取录像……", playing: "播放中", paused: "已暂停", trouble: "设备没有送来录像", ended: "播放完毕", closed: "播放中断", unsupported: "此浏览器不能播放该视频编码，请使用新版 Chrome 或 Edge", denied: "没有观看录像的权限",
    pause: "暂停", resume: "继续", back: "后退 30 秒", forth: "前进 30 秒", speed: "播放速度", times: "{speed} 倍", anew: "重新播放", refused: "设备没有接受",
  },
  diagnosis: {
    title: "接入诊断", state: { good: "正常", warning: "注意", bad: "异常", unknown: "未知" }, forgiven: "已容忍的偏差", nothingForgiven: "没有偏差，设备按标准说话。", times: "{count} 次", trace: "最近信令", noTrace: "还没有收发过该设备的信令。", traceHow: "最新的在最上面；密码和摘要已隐去。← 来自设备，→ 发往设备。", in: "来自设备", out: "发往设备", openAll: "全部展开", foldAll: "全部折叠",
  },
  diagnosisStep: { entered: "登记", heard: "收到信令", digest: "密码", registered: "注册", subscribed: "订阅", catalogue: "目录", placed: "设为摄像机", call: "点播", media: "媒体", pictures: "画面" },
  forgiven: {
    bare_LF: "换行只有 LF", folded_header: "头域折行", no_blank_line: "缺少空行", length_0_with_a_body: "长度为 0 却有内容", length_beyond_the_end: "长度超过实际内容", length_too_short: "长度小于实际内容", length_unreadable: "长度无法识别", leading_noise: "消息前有多余字节", header_without_colon: "头域缺少冒号", header_not_UTF_8: "头域不是 UTF-8",
    split_over_datagrams: "消息分在多个数据报中", wrong_password: "密码错误", unreadable_body: "内容无法解析", answer_to_no_open_question: "没有对应查询的应答", catalog_that_nobody_asked_for: "未查询而上报的目录",
  },
  notice: {
    none: "没有报警上报", unmapped: "只看未映射", silent: "只看未复位", received: "收到", deviceTime: "设备时间", point: "报警点", method: "报警方式", type: "报警类型", priority: "级别", words: "内容", meaning: "含义", nobodySaid: "未映射", ignored: "忽略", map: "映射", fromNowOn: "以后同类都这样", raises: "保存后将按发生时间立即产生一条告警。",
    reset: "复位", resetAsk: "复位报警点 {point}？请先确认现场已经查看、情况已经处理。复位后该点才会再次上报；是谁复位将记录在案，由复位人负责。", resetYes: "已确认现场，复位", resetDone: "已复位", wasReset: "已复位 {time}", isSilent: "待复位",
  },
  alarmMethod: { 1: "电话报警", 2: "设备报警", 3: "短信报警", 4: "定位报警", 5: "视频报警", 6: "设备故障", 7: "其他" },
};
