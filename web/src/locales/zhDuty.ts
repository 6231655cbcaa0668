// Words of duty rooms, rosters, seats, handovers and records.
export default {
  dutyRoom: {
    tab: "分栏", tabs: { rooms: "值班室", headCounts: "应在岗人数" }, parts: { roster: "排班", seats: "席位与在岗", handovers: "交接班" },
    how: { rooms: "值班室须有视频、有排班、有席位；谁应在岗、谁上岗、画面里有几个人，三者并列，互不替代。", headCounts: "按行政区与值班室类型设定，最近一级的设定生效，并写明依据。" },
    find: "按名称查找值班室", withClosed: "含已关闭", none: "还没有值班室", open: "开设值班室", edit: "修改值班室", close: "关闭值班室", closed: "已关闭", closedAt: "{time} 关闭", closeMeans: "关闭后其席位全部解除，在岗人员离岗，摄像机释放；排班与交接记录保留。",
    name: "值班室名称", kind: "类型", organisation: "值守机构", unit: "所在单位", stands: "所在场所", cameras: "视频", seats: "席位", onPost: "在岗", required: "应在岗", requiredBy: "{people} 人（{basis}）", quiet: "警醒间隔（秒）", seconds: "{s} 秒", openedAt: "开设时间", reason: "理由",
    addCamera: "接入视频", cameraName: "摄像机名称", cameraAddress: "视频地址（RTSP）", cameraUser: "摄像机账号（选填）", cameraPassword: "摄像机密码（选填）",
    siteHint: "机构自有值班室将登记在该机构的“值守场所”下：摄像机与告警归该场所，不计入任何统计。", noCamera: "未接入视频", camerasHint: "可选“{unit}”名下场所类型为值班室或消防控制室的摄像机。", quietHint: "席位无操作满此时长先亮灯提醒，15 秒后发声，再 15 秒呼叫班长（IMO MSC.128(75)：3 至 12 分钟）。",
  },
  headCount: { first: "未设定的，按 GB 25201—2010 每班不少于 2 人。", add: "设定人数", none: "没有另行设定", region: "行政区", people: "应在岗人数", basis: "依据", document: "文件名称与条款" },
  roster: {
    before: "上一周", after: "下一周", thisWeek: "本周", complete: "未来 7 天排班完整", incomplete: "未来 7 天排班不完整", copy: "复制到下周", add: "登记排班", nobody: "无人排班", standIn: "代", found: "（现 {found}，应 {limit}）", more: "另有 {count} 项",
    weekday: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    days: "日期", past: "这一周已经过去，请翻到之后的周次。", hours: "时段（单班不超过 8 小时）", own: "自定", people: "人员（应在岗 {people} 人）", choose: "请选择", certified: "持证有效", certifiedUntil: "证书至 {day}", uncertified: "无有效证书", enter: "登记 {count} 个班次",
    change: "{name}的班次", standInBy: "由谁代班", standInSave: "代班", takeOff: "取消班次", swap: "换班", swapOne: "谁的班次", swapOther: "与谁的班次对换",
  },
  seat: {
    how: "在值班室的电脑上登录后打开“值守席位”，输入配对码，该浏览器即成为本室席位；密钥只在该浏览器内，无法导出。配对码 10 分钟内有效，只能用一次。",
    name: "席位名称", makeCode: "发放配对码", codeUntil: "{time} 前有效", none: "还没有席位", pairedAt: "绑定时间", state: "状态", bound: "已绑定", givenUpAt: "{time} 解除", giveUp: "解除绑定", giveUpAsk: "解除席位“{name}”？在该席位上岗的人员同时离岗。",
    posts: "近 7 天在岗登记", noPosts: "近 7 天没有人上岗", who: "姓名", since: "上岗", until: "离岗", there: "在岗",
    bind: "绑定值守席位", bindHow: "请输入值守机构负责人发放的 8 位配对码。绑定后，只有这台电脑的这个浏览器可以在本值班室应答查岗、交接班。", code: "8 位配对码", bindNow: "绑定", forget: "清除本机绑定", console: "返回平台", signOn: "上岗", signOff: "离岗",
    people: "在岗人员", nobody: "无人上岗", rostered: "当班排班", sinceTime: "{time} 起", quietFor: "{s} 秒内无操作将提醒", wake: "请按任意键或点击屏幕，确认有人值守", alarms: "待接警", noAlarms: "没有未结告警", toDesk: "打开告警中心",
  },
  handover: {
    title: "交接班", none: "近 30 天没有交接班签字", due: "交接时间", state: "状态", given: "交班签字", taken: "接班签字", sheet: "交接内容", leaving: "交班", coming: "接班", signedBy: "{name} {time} 已签", remark: "补充说明（选填）", signLeaves: "交班签字", signComes: "接班签字",
    open: "未结告警 {open} 条（一、二级 {grave} 条）", cameras: "摄像机在线 {online}、离线 {offline}", there: "在岗：{names}",
  },
  record: { title: "两小时记录", now: "{from}–{to}（{state}）：系统已填入告警、摄像机与在岗情况，请查看设备后签字。", remark: "设备情况补充（选填）", sign: "签字", nothing: "当前没有待填的记录。", signOnFirst: "上岗后方可签字。" },
};
