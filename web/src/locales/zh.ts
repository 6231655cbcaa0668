// The Chinese words of the console. English has exactly the same keys (the type of this object).
import bulletins from "./zhBulletins";
import devices from "./zhDevices";
import facilities from "./zhFacilities";
import figures from "./zhFigures";
import ladder from "./zhLadder";
import notices from "./zhNotices";
import quality from "./zhQuality";
import quiet from "./zhQuiet";
import recordings from "./zhRecordings";
import survey from "./zhSurvey";
import uppers from "./zhUppers";
import zones from "./zhZones";

export default {
  app: {
    name: "烽燧",
    subtitle: "校园消防视频值守平台",
    menu: "主菜单",
    home: "回到首页",
    nothingHere: "这里没有可以打开的页面。",
    demo: "演示环境：单位为合成数据，摄像机画面为模拟画面。",
    simulated: "模拟",
    simulatedHint: "画面由程序生成，不是真实现场",
    theme: "明暗界面切换",
    otherLanguage: "English",
    connectionLost: "与服务器的连接中断，屏幕内容可能已过时，正在自动重连……",
  },
  menu: {
    home: "首页", overview: "态势总览", alarms: "告警中心", escalations: "升级受理", notices: "通报督办", notice: "通报督办", quality: "规则质量", silences: "计划静默", patrol: "视频巡查", units: "单位档案", unit: "单位档案", cameras: "摄像机", survey: "现场普查", zones: "区域", recordings: "录像", lookups: "调阅登记", storage: "存储", devices: "设备", device: "设备", facilities: "消防设施", facility: "用户传输装置", uppers: "上级平台", upper: "上级平台",
    progress: "建设进度", figures: "统计报表", compare: "快照对比", bulletins: "通报", bulletin: "通报", inbox: "收件箱", lint: "通报校验", audit: "审计", system: "系统管理", password: "修改密码", nothing: "未找到",
  },
  action: { again: "重试", dismiss: "关闭", cancel: "取消", send: "提交", save: "保存", add: "新增", edit: "修改", remove: "删除", open: "查看", refresh: "刷新", copy: "复制", copied: "已复制", download: "下载", close: "关闭", search: "查询" },
  form: { optional: "选填", required: "必填" },
  list: { loading: "正在加载……", none: "没有符合条件的记录", pages: "翻页", page: "第 {page} 页，本页 {rows} 条", previous: "上一页", next: "下一页", all: "全部" },
  key: { space: "空格" },
  unit: {
    provincial: "省本级", id: "单位编号",
    ms: "{value} 毫秒", s: "{value} 秒", min: "{value} 分", h: "{value} 小时", d: "{value} 天",
    one: "单位", find: "输入名称查找单位", name: "单位名称", category: "类别", region: "行政区", connection: "接入状态", duty: "值守状态", city: "设区市", county: "县（市、区）",
    ownership: "办别", level: "层次", boarding: "寄宿", schoolCode: "学校标识码", synthetic: "合成", syntheticHint: "按统计表展开生成，不是真实单位",
    history: "变更记录", noHistory: "没有变更记录", cameras: "摄像机", noCameras: "还没有摄像机", formerNames: "曾用名", validFrom: "生效日期", import: "批量导入", allRegions: "全部行政区", yes: "是", no: "否",
    at: "时间", attribute: "属性", old: "原值", new: "新值", source: "来源",
  },
  ownership: { public: "公办", private: "民办" },
  studyLevel: { undergraduate: "本科", vocational: "高职" },
  import: {
    title: "批量导入单位", template: "下载模板", errorSheet: "下载问题清单（XLSX）", how: "选择 CSV 或 XLSX 文件。先试导入检查，全部合格后才会写入；有任何一行不合格则整批不导入。", choose: "选择文件", check: "试导入检查", apply: "正式导入",
    accepted: "合格 {count} 行", created: "新增 {count}", updated: "更新 {count}", unchanged: "未变 {count}", errors: "不合格 {count} 处", row: "行", column: "列", value: "内容", reason: "原因",
    applied: "已导入。", clean: "检查通过，可以正式导入。", refused: "存在不合格行，未导入任何数据。请按下表修改后重新提交。", shown: "仅显示前 {count} 处，另有 {hidden} 处", ignored: "未使用的列：{columns}",
  },
  level: { 1: "一级（红）特别紧急", 2: "二级（橙）紧急", 3: "三级（黄）一般", 4: "四级（蓝）提示" },
  levelShort: { 1: "一级", 2: "二级", 3: "三级", 4: "四级" },
  alarm: {
    list: "告警列表", card: "告警详情", open: "未结告警", closed: "已结告警", raise: "人工报警", noneOpen: "当前没有未结告警", chooseOne: "请在左侧选择一条告警",
    aiNotice: "AI 预警，不替代火灾自动报警系统", openByLevel: "各级未结告警", toDesk: "去接警台", drill: "演练", occurred: "发生", score: "置信度 {score}%", owner: "接警人", reason: "误报原因",
    late: "已超时", left: "剩余", limit: "限", notStarted: "未开始", met: "按时", missed: "超时", clocks: "处置时限", timeLine: "时间轴", steps: "处置过程", system: "系统", next: "下一步",
    nothingToDo: "您当前没有可执行的操作", otherAlarm: "切换告警", done: "{action}：已完成", picture: "告警图片", clip: "视频片段", result: "结果照片", boxes: "显示识别框",
    noPicture: "没有告警图片", pictureRefused: "图片无法显示（无查看权限或已过期）", neighbours: "本单位其他摄像机", thisCamera: "本机位", note: "说明",
    model: "模型",
    lackReason: "请选择误报原因", lackPicture: "请提供结果照片", lackNote: "请填写说明", useLive: "使用当前实时画面", chooseFile: "选择照片", noLivePicture: "当前没有实时画面", pictureType: "仅支持 JPEG 或 PNG", pictureSize: "照片不能超过 8 MB",
    stateFilter: "结束方式", anyEnd: "全部已结", level: "级别", kind: "告警类型",
  },
  event: {
    raise: "产生告警", open: "首次查看", take: "接警", release: "退回待接警", start_verify: "开始核实", confirm: "确认真警", reject: "误报", mark_test: "测试/演练", merge: "并入其他告警", arrive: "已到场",
    start_handling: "开始处置", handle: "处置完成", approve: "复核办结", return: "退回处置", reopen: "重新打开", escalate: "升级", silence_timeout: "超时未操作，退回待接警", clear: "现场画面已恢复（自动记录，仍需人工办结）", view: "首次查看",
  },
  clock: { take: "接警", verify: "核实", arrive: "到场", handle: "处置" },
  mark: { overdue: "已超时", escalated: "已升级", reopened: "已重开", reassigned: "已转派", quarantined: "规则静默", silenced: "计划静默" },
  source: { ai: "AI 识别", manual: "人工报警", device: "设备报警" },
  box: { flame: "明火", smoke: "烟雾", open_flame: "用火", exit: "安全出口", fire_lane: "消防车通道", fire_door: "防火门", extinguisher: "灭火器", hydrant: "消火栓", person: "人员", no_two_wheels: "电动自行车" },
  moment: { occurred_at: "发生", pushed_at: "推送", opened_at: "首次查看", taken_at: "接警", verified_at: "核实", arrived_at: "到场", handled_at: "处置", reviewed_at: "复核" },
  span: { discovery_ms: "发现", take_ms: "接警", verify_ms: "核实", arrive_ms: "到场", handle_ms: "处置", close_ms: "办结" },
  sound: { on: "声音已开", off: "已静音", locked: "声音未启用，请点击页面" },
  live: {
    title: "实时画面", live: "实时 · 延迟 {seconds} 秒", connecting: "正在连接实时画面……", reconnecting: "画面中断，正在重连……", silent: "超过 10 秒没有画面，正在重连……", camera: "摄像机异常",
    unsupported: "此浏览器不能播放该视频编码，请使用新版 Chrome 或 Edge", denied: "没有观看实时画面的权限",
    main: "主码流", sub: "子码流", converted: "转码", to_main: "切换高清", to_sub: "切换流畅",
    byWebRTC: "低延迟：经 UDP 直达浏览器（WebRTC）", byMSE: "普通：经网页连接（WebSocket + MSE）",
  },
  cameraState: { disabled: "已停用", connecting: "连接中", online: "在线", resting: "待命", unauthorised: "账号密码错误", unreachable: "无法连接", silent: "无画面", unsupported_codec: "编码不支持", no_video: "无视频流" },
  camera: {
    showAll: "全部摄像机", name: "名称", unit: "所属单位", place: "场所", address: "取流地址", addressHint: "rtsp://主机:端口/路径，不含用户名和密码", subAddress: "子码流地址（可不填）", subAddressHint: "同一主机；用于流畅画面，以及浏览器放不了主码流时", onvifAddress: "ONVIF 地址（可选）", onvifAddressHint: "同一主机，用于转动云台；留空则自动查找", userName: "用户名", password: "密码", passwordKept: "留空则不修改；密码只写不读", watch: "AI 值守", watchOn: "已开启", watchOff: "已关闭", disabled: "停用（不再取流）",
    state: "状态", reason: "原因", since: "开始于", add: "新增摄像机", edit: "修改摄像机", remove: "删除摄像机“{name}”？历史告警会保留。", forbidden: "依法不得安装视频采集设备（国务院令第 799 号第八条）",
    lastFrame: "最近画面", lastKeyFrame: "最近关键帧", frames: "帧数", keyFrames: "关键帧", bytes: "接收数据", reconnects: "重连次数", undecodable: "无法解码", looksAt: "检视画面", looksAtOf: { key_frames: "关键帧", sub_stream: "子码流关键帧（主码流关键帧过疏）", every_picture: "逐帧解码（关键帧过疏）" }, looks: "AI 检视", gatedQuiet: "静止略过", interval: "关键帧间隔", size: "画面尺寸", dropped: "丢弃关键帧",
    noThumbnail: "暂无画面", search: "按名称查找", health: "运行数据", all: "全部状态", watchLive: "看实时",
  },
  overview: {
    asOf: "数据时间 {time}", should: "应接入", connected: "已接入", duty: "值守有效", connectionRate: "接入率", dutyRate: "值守率", byCategory: "分类接入与值守", category: "类别", openAlarms: "未结告警", today: "今日告警", overdue: "超时", todayFalse: "今日误报",
    cameras: "摄像机", online: "在线", of: "共 {total}", noAlarms: "没有未结告警",
  },
  ...figures,
  ...uppers,
  ...bulletins,
  ...devices,
  ...facilities,
  ...recordings,
  ...survey,
  ...ladder,
  ...notices,
  ...zones,
  ...quality,
  ...quiet,
  auditAction: {
    transmitter_add: "新增传输装置", transmitter_edit: "修改传输装置", transmitter_remove: "删除传输装置", component_place: "设置部件场所", roll_call: "装置查岗",
    upper_add: "新增上级平台", upper_edit: "修改上级平台", upper_remove: "删除上级平台", device_add: "新增设备", device_edit: "修改设备", device_remove: "删除设备", device_restart: "重启设备", device_guard: "设备布撤防", device_parameters: "修改设备参数", device_format_card: "格式化存储卡", capture: "抓图", channels_place: "通道设为摄像机", camera_turn: "云台控制", camera_preset: "设置预置位", camera_record: "设备录像控制", camera_guard: "通道布撤防",
    voice_speak: "开始喊话", voice_end: "结束喊话", lookup_recording: "调阅录像", export_recording: "导出录像", cancel_export: "取消导出", download_export: "下载导出文件", disk_add: "新增录像磁盘", disk_edit: "修改录像磁盘", disk_take_back: "重新启用磁盘", disk_out: "磁盘停用", disk_back: "磁盘恢复", pin_recording: "锁定录像", release_pin: "解除锁定", delete_recordings: "删除录像", set_retention: "设置保存期限", search_recordings: "查询录像", view_recording: "回放录像", notice_map: "映射报警上报", notice_reset: "复位报警点",
    sign_in: "登录", sign_in_once: "一次性链接登录", sign_out: "退出登录", set_up: "首次设置", change_password: "修改密码", create_account: "创建账号",
    reset_account: "重置账号", disable_account: "停用账号", camera_add: "新增摄像机", camera_edit: "修改摄像机", camera_remove: "删除摄像机", zones_edit: "划定区域", reference_approve: "核准基准画面", quarantine_propose: "提出规则静默", quarantine_approve: "批准规则静默", quarantine_decline: "不批准规则静默", quarantine_lift: "提前解除规则静默", quarantine_expire: "规则静默到期", samples_export: "导出样本", shadow_run: "模型影子运行", view_reference: "查看基准画面", view_live: "查看实时视频",
    view_picture: "查看画面", view_evidence: "查看证据", alarm_raise: "人工报警", alarm_acknowledge: "受理告警", channel_test: "测试告知渠道", alarm_open: "首次查看告警", alarm_take: "接警", alarm_release: "退回告警",
    alarm_start_verify: "开始核实", alarm_confirm: "确认真警", alarm_reject: "判为误报", alarm_mark_test: "标记测试/演练", alarm_arrive: "到场", alarm_start_handling: "开始处置",
    alarm_handle: "处置完成", alarm_approve: "复核通过", alarm_return: "复核退回", alarm_reopen: "重新打开", alarm_result_picture: "上传结果照片", import_units: "导入单位",
    take_snapshot: "生成快照", bulletin_new: "生成通报", bulletin_rewrite: "改写通报", bulletin_consult: "征求意见", bulletin_end_consultation: "结束征求意见", bulletin_object: "提出异议", bulletin_agree: "答复无异议", bulletin_reply: "答复异议",
    bulletin_approve: "批准通报", bulletin_publish: "发布通报", bulletin_receive: "签收通报", bulletin_withdraw: "撤回通报", bulletin_export: "导出通报", bulletin_template_put: "上传红头模板", bulletin_template_drop: "删除红头模板",
    propose_register_change: "提出底册变更", approve_register_change: "批准底册变更", reject_register_change: "驳回底册变更", register_new_units: "登记新单位", replace_signing_key: "更换签名密钥", export_units: "导出单位", export_figures: "导出报表",
  },
  auditObject: {
    transmitter: "用户传输装置",
    channel_of_notification: "告知渠道", disk: "录像磁盘", export: "录像导出", pin: "证据锁定", upper_platform: "上级平台", device: "设备", channel: "通道", device_notice: "设备通知",
    alarm: "告警", camera: "摄像机", unit: "单位", user: "账号", session: "会话", snapshot: "快照",
    bulletin: "通报", register_change: "底册变更", register_version: "底册版本", signing_key: "签名密钥", bulletin_template: "红头模板",
  },
  audit: { seq: "序号", at: "时间", actor: "操作人", action: "操作", object: "对象", result: "结果", address: "来源地址", detail: "详情", actionFilter: "按操作筛选", objectFilter: "对象编号", actorFilter: "操作人编号", system: "系统", request: "请求编号" },
  auditResult: { ok: "成功", denied: "拒绝", failed: "失败" },
  system: {
    users: "用户", add: "新建用户", loginName: "登录名", displayName: "姓名", role: "角色", scope: "管辖范围", lastSeen: "最近登录", created: "创建时间", state: "状态", active: "正常", disabled: "已停用", reset: "重置", disable: "停用", resetAsk: "为“{name}”生成新的一次性登录链接？原密码将失效。", disableAsk: "停用“{name}”？其全部会话立即失效。",
    link: "一次性登录链接", linkOnce: "此链接只显示这一次、只能使用一次，请当面或通过可靠渠道交给本人。", linkExpires: "有效期至 {time}", scopeRegion: "行政区", scopeUnit: "单位", unitIdHint: "单位编号（见单位档案页）", health: "系统状态", version: "版本", status: "状态", healthOk: "正常", model: "识别模型", modelOwn: "程序内置权重", modelFile: "权重文件 {file}", modelRefused: "权重文件 {file} 无法使用，已改用程序内置权重：{why}", rolesHelp: "三员分立：系统管理员、安全管理员、审计管理员互相制约，均不能处理业务数据。",
  },
  entry: {
    logIn: "登录", signOut: "退出登录", loginName: "登录名", password: "密码", setUp: "首次启动设置", setUpHow: "请输入服务器控制台上显示的一次性设置码，创建第一位安全管理员。", code: "设置码", displayName: "姓名", newPassword: "新密码（至少 {min} 个字符）", again: "再输一遍", setUpGo: "完成设置",
    passwordShort: "密码至少 {min} 个字符", passwordDiffers: "两次输入不一致", oneTime: "一次性登录", oneTimeSpent: "链接无效、已使用或已过期。", oldPassword: "原密码", oldPasswordHint: "通过一次性链接首次登录、尚未设置密码的，可留空", passwordChanged: "密码已修改。",
  },
  problem: {
    lookup_needed: "请先说明调阅事由", gone: "内容已删除或所在磁盘不可用", footage_unreadable: "浏览器无法播放这段录像（H.265 需要支持其解码的新版 Chrome 或 Edge）", not_signed_in: "登录已失效或用户名、密码不正确", denied: "没有权限", not_found: "没有找到，或不在您的管辖范围内", conflict: "操作未成功", invalid: "填写有误", limit: "操作过于频繁或超出限制", unavailable: "服务暂时不可用", internal: "系统内部错误", network: "无法连接服务器",
  },
};
