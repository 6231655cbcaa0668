// Chinese words of fire facilities (GB/T 26875.3).
export default {
  facility: {
    what: "建筑消防设施（探测器、手动按钮、控制器）经用户信息传输装置接入（GB/T 26875.3）。火警与旁边的摄像机合在一张告警卡片上；AI 预警不替代火灾自动报警系统。",
    off: "未启用消防设施接入。请在配置文件 [transmitters] 中填写监听地址并重启。", listens: "监听 {where}，监控中心地址 {address}。", counts: "当前连接 {connections}，收到 {frames} 帧，重发 {repeated}，否认 {denied}，未知类型 {unknown}，无效字节 {rubbish_bytes}。",
    find: "名称、单位或地址", add: "新增传输装置", none: "还没有传输装置", name: "名称", nameHint: "例如：教学楼传输装置", state: "状态", notOnline: "不在线", heard: "最近收到", address: "装置地址", addressHint: "12 位十六进制，高字节在前", addressHow: "与装置上设置的源地址一致；传输时低字节在前，这里高字节在前。", placed: "已定场所 / 部件", peer: "连接来自",
    knocking: "待登记装置", knockingHow: "这些地址正在连接，尚未登记，已被否认。核对后登记到所属单位。", denied: "否认帧数", adopt: "登记",
    clockOff: "时钟偏差 {s} 秒", clock: "时钟偏差 {s} 秒", software: "软件版本", components: "部件", events: "设施事件", rollCalls: "查岗", settings: "设置",
    component: "部件", condition: "状态", place: "场所", cameras: "对应摄像机", reading: "模拟量", setPlace: "场所", placeHint: "例如：教学楼二层走廊", chooseCameras: "选择能看到该处的摄像机", camerasHow: "第一路最合适；其画面随火警显示在告警卡片上。", panelSays: "控制器说明：", placeHow: "给部件设置场所和摄像机后，火警会显示旁边的画面。", noComponents: "装置尚未上报部件", only: { all: "全部", unplaced: "未定场所", troubled: "异常" },
    event: "事件", where: "部件与说明", operator: "操作员", alarm: "告警",
    callRoll: "发起查岗", answerWithin: "应答时限", minutes: "分钟", notConnected: "装置未连接，查岗不能送达", rollCallHow: "命令发到装置，值班人员须在时限内按“查岗应答”键；未应答、迟答都留有记录。", noRollCalls: "还没有查岗", askedAt: "发起时间", askedBy: "发起人", deadline: "时限", receivedAt: "装置收到", answeredAt: "应答时间",
    disable: "停用", enable: "启用", disableHow: "停用后装置发来的信息一律否认；记录保留。", removeAsk: "删除传输装置“{name}”？其记录保留，地址可重新登记。",
  },
  facilityState: { online: "在线", offline: "离线", disabled: "已停用", never: "未连接过" },
  facilityCondition: { NORMAL: "正常", FIRE: "火警", FAULT: "故障", DISABLED: "屏蔽", SUPERVISED: "监管", STARTED: "启动", FEEDBACK: "反馈", DELAYED: "延时", POWER_FAULT: "电源故障", MAINS_FAULT: "主电故障", BATTERY_FAULT: "备电故障", CENTRE_FAULT: "通信信道故障", LINE_FAULT: "监测线路故障" },
  rollCallState: { waiting: "待应答", answered: "按时应答", late: "迟答", absent: "未应答", undelivered: "未送达" },
  sources: { title: "告警来源", device: "消防设施", ai: "AI 预警", look: "看 {name}", seenAlarm: "原 AI 告警（图片、片段）", times: "{times} 次" },
};
