// Chinese words of snapshots, figures, trends, progress and the register of units that should connect.
export default {
  figures: {
    snapshots: "快照", tables: "报表", trends: "趋势", take: "生成快照", takeHow: "快照把单位状态固定下来，报表和通报都从快照计算；任何过去时点都可以重新生成，校验值相同。", notYet: "统计时点不能晚于现在", asOfNow: "（不填为现在）", note: "备注", asOf: "统计时点", takenAt: "生成时间", takenBy: "生成人", platform: "平台", units: "单位数", unitsShort: "个单位",
    hash: "校验值", registerShort: "底册版本", registerVersion: "应接入底册第 {version} 版", measure: "指标", category: "类别", allCategories: "全部类别", scopeTotal: "合计", behind: "数据背后的单位", inside: "已计入", outside: "未计入", ownRows: "名单只列出您管辖范围（{scope}）内的单位。", whole: "分母", numerator: "分子", denominator: "分母", rowsHash: "名单校验值",
    noSnapshot: "还没有快照", snapshot: "快照", since: "对比快照（看变化）", byCity: "全部设区市", cityItself: "市本级", drill: "按县（市、区）展开", view: "查看报表", proof: "依据", hint: "点击任一数字查看背后的单位", rankNo: "第{rank}", cityRates: "各设区市",
    sheet: { category: "类别", place: "地区", numerator: "分子", denominator: "分母", percent: "比例（%）", change: "变化（百分点）", rank: "排名" },
    compareTwo: "对比所选两个快照", compareHow: "勾选两个快照进行对比", earlier: "较早的快照", later: "较晚的快照", showUnmoved: "显示没有变化的地区", changedUnits: "状态变化", nothingMoved: "两个快照完全相同", count: { total: "应接入", connected: "已接入", duty: "值守有效" },
    synthetic: "本快照含合成数据，不是真实单位。", provenance: "数据来源（状态由谁说明）", alarms: "告警统计", parts: "组成部分校验值", hashHow: "整体校验值由各组成部分的校验值计算得出；任何一行被改动，校验值都会变化。",
  },
  measure: { connection: "接入率", duty: "值班率", not_connected: "未接入率", effective_duty: "值守有效率", unattended: "无值班率" },
  measureDefinition: {
    connection: "接入率＝统计时点已接入省平台（含接入异常尚未处理完毕）的单位数÷应接入底册单位数；接入以单位计，不以摄像机计", duty: "值班率＝统计时点24小时值班值守状态为“值守有效”的单位数÷应接入底册单位数；分母与接入率相同，未接入单位落实值班的同样计入",
    not_connected: "未接入率＝统计时点未接入省平台的单位数÷应接入底册单位数；与接入率之和为100%", effective_duty: "值守有效率＝已接入且值守有效的单位数÷已接入单位数", unattended: "无值班率＝已接入但没有落实24小时值班值守的单位数÷已接入单位数；与值守有效率之和为100%",
  },
  provenance: { observed: "平台观测", reported: "单位上报", confirmed: "监管确认" },
  alarmCount: { from: "起", until: "止", raised: "产生", late: "超时", open: "未结", late_open: "超时未结", closed: "已结", false_alarms: "误报" },
  snapshotPart: { register_hash: "底册", connection_hash: "接入状态", duty_hash: "值守状态", alarms_hash: "告警" },
  change: { added: "新增单位", removed: "移出单位", connected: "新接入", disconnected: "不再接入", duty_gained: "新落实值守", duty_lost: "失去值守", moved: "区划或类别调整", renamed: "更名" },
  trend: { perWeek: "近几周每周增加", denominatorChanged: "期间分母有变化", weeks: "时间范围", lastWeeks: "最近 {weeks} 周", deadline: "期限", atDeadline: "按目前进度到期限", completeOn: "按目前进度完成", never: "按目前进度无法完成", basis: "依据", forecast: "预测", noForecast: "快照太少或间隔太短，不作预测" },
  progress: { milestones: "里程碑", overdueUnits: "逾期未接入单位", due: "期限", overdueDays: "逾期天数", notConnected: "未接入", document: "依据文件", notDue: "未到期", noPlan: "没有建设计划", noneLate: "没有逾期单位", reason: "原因", pace: "按近几周进度", completeOn: "预计 {day} 全部接入" },
  register: {
    list: "底册", changes: "待审变更", versions: "底册版本", propose: "提出变更", change: "变更", how: "新增或移出应接入底册的单位，须经另一人批准后才计入统计。提出人不能批准自己提出的变更。", versionsHow: "每次批准产生一个新版本，统计以统计时点有效的版本为分母。",
    none: "没有变更", noVersion: "还没有底册版本", version: "版本", validFrom: "生效时间", approvedBy: "批准人", approvedAt: "批准时间", difference: "增 / 减", decisionNote: "审核意见", approve: "批准", reject: "驳回", proposedBy: "提出人", decidedBy: "审核人", reasonLabel: "原因",
    own: "本人提出", madeVersion: "已批准 {count} 项，底册第 {version} 版生效", sent: "变更已提交，待另一人审核", decided: "已处理 {count} 项", state: { proposed: "待审", approved: "已批准", rejected: "已驳回" }, kind: { add: "纳入", remove: "移出" }, reason: { new: "新设", merged: "撤并", closed: "撤销", correction: "更正", out_of_scope: "不属范围" },
  },
};
