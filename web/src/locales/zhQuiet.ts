// Words of planned silences, working hours and the watchdog.
export default {
  silence: {
    title: "计划静默", how: "施工、演练或检修前申请静默：一人申请、另一名监管人员批准，到期自动结束。静默期间告警照常记录并标记，不响铃、不升级；到期时仍未办结的告警从到期时刻起响铃并逐级上报。探测器火警、手动报警和人工上报的火情不受静默影响。",
    ask: "申请静默", askTitle: "申请计划静默", showAll: "含已结束", none: "没有待批准或生效中的静默", noneAll: "还没有静默记录", unit: "单位", camera: "摄像机", wholeUnit: "整个单位", rule: "规则", everyRule: "全部规则", what: "范围", reason: "事由", reasonHint: "例如：一号教学楼更换疏散指示灯，施工单位已报备",
    starts: "开始（北京时间）", ends: "结束（北京时间）", bounds: "最长 7 天；包含摄像机识别火情（烟雾、明火）的最长 24 小时。", span: "{from} 至 {until}", state: "状态", inForce: "静默中", upcoming: "已批准，未开始", askedBy: "{name} 申请", decidedBy: "{name}：{why}", alarms: "期间告警", noReason: "（未填理由）",
    approve: "批准", decline: "不批准", lift: "解除", why: "意见", whyNeeded: "理由", done: "已记录", fire: "含摄像机识别火情", noFire: "摄像机识别火情照常响铃",
    nameFire: "同时静默摄像机识别的一级火情（烟雾、明火）", nameFireHow: "勾选后，静默期间这些摄像机看到烟雾、明火不会呼叫任何人。请确认现场另有专人看护；此类静默最长 24 小时。", mustNameFire: "该申请针对摄像机识别的火情，批准时必须勾选。",
    quietUntil: "计划静默至 {time}，到期后响铃并开始计时", behind: "静默期间的告警",
  },
  hours: {
    title: "工作时间与节假日", how: "二至四级的告知可限定在工作时间内或工作时间外；一级告警任何时候都告知。", today: "今天 {day}：{kind}", hours: "工作时间 {hours}", inNow: "现在是工作时间", outNow: "现在是非工作时间", next: "即将到来的节假日与调休",
    knownUntil: "节假日安排已知至 {day}，此后按星期判断。", unknown: "节假日安排只到 {day}：今天按星期判断，可能与实际放假安排不符。请更新程序。", soon: "次年的节假日安排尚未写入：{day} 之后按星期判断。", source: "依据：{source}", only: { in_hours: "仅工作时间", out_of_hours: "仅非工作时间" },
  },
  watchdog: {
    title: "告警链路自检", how: "平台定时发出一条自检告警，走完真实告警的全过程：入库、传出、时限、推送、外部渠道。没有按时走完即为故障。自检不计入任何告警列表和统计。",
    verdict: { sound: "链路正常", broken: "链路中断", silent: "自检停止", beginning: "正在进行第一次自检", off: "自检已关闭" }, every: "每 {every} 秒一次，{within} 秒内应走完", lastArrival: "最近一次走完：{time}", never: "尚未走完过", trouble: "{time} 无法发出自检：{why}",
    channels: "带自检的渠道", channel: "{name}（每 {every}）", proves: "须回传回执", accepted: "以对方接收为准", noChannels: "没有配置带自检的外部渠道", faults: "故障记录", noFaults: "没有故障", stage: "环节", since: "{time} 起", ongoing: "未恢复，已连续 {probes} 次", mended: "{time} 恢复", probes: "最近的自检", raised: "发出时间", arrived: "走完", missed: "未走完", underway: "进行中", rehearsed: "入库演练", yes: "已做", noUnit: "无单位，未做", sent: "外部渠道",
  },
  load: {
    title: "值班负荷", how: "每名值班员 10 分钟内被呼叫的告警数。长期目标为每 10 分钟 {target} 条（每天约 {day} 条），超过 {above} 条为告警泛滥（EEMUA 191）。按实际告知记录统计，静默的告警不计入。", none: "辖区内没有值班员账号", guard: "值班员", inWindow: "近 10 分钟", inHour: "近 1 小时", inDay: "近 24 小时", state: "状态", floodedSince: "泛滥，自 {time} 起",
    flood: "告警泛滥：近 10 分钟 {count} 条", floodHow: "自 {time} 起；长期目标 {target} 条。同一单位、同一场所、同一类型的二至四级告警暂时归在一张卡片下，一条不少；一级告警始终单独列出并响铃。", unfold: "另有 {count} 条同类告警 ▾", fold: "收起另外 {count} 条 ▴",
  },
};
