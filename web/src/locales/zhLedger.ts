const zh = {
  ledger: {
    tab: "部分", tabs: { days: "值守台账", effective: "值守有效", suspicions: "疑似虚假值班", reports: "值守报表" },
    how: {
      days: "一天1440分钟逐分钟判定：上为证实，下为申报；缺口注明原因。当日数据约滞后两分钟，次日4时结账，结账后只增不改。",
      effective: "五项条件全部满足且无成立疑点方为值守有效，取最近七个已结账日。",
      suspicions: "由台账与席位记录发现的疑点。疑点不是结论，机构可在72小时内申辩，由监管部门核定。",
      reports: "按机构和日期生成，内容封存并由平台签名。",
    },
    proven: "已证实", claimed: "已申报", claimedLine: "下方横线：已申报", gap: "缺口", atSeat: "席位证实", exempt: "计划免除", contradicted: "申报不实",
    minutesOf: "{some} / {all} 分钟", minutes: "{value} 分钟", min: "分钟", people: "应在岗 {value} 人", rooms: "{value} 个值班室", allUnits: "范围内单位（{value} 个在册）",
    closed: "已结账", running: "未结账", corrected: "更正 {value} 次", correct: "更正", edition: "第 {value} 次更正", butClaimed: "申报在岗", fewer: "收起", allGaps: "全部 {value} 段缺口",
    none: "这一天还没有值班室台账", day: "日期", dayBefore: "前一天", dayAfter: "后一天", verify: "校验", right: "{value} 条链接全部相符", wrong: "不相符 {value} 条",
    correctHow: "更正不覆盖原判定：原值、更正人、时间和理由一并保存，所服务单位当日另存一版。", from: "自", until: "至", worth: "判定为", reason: "理由及依据",
    unmetOnly: "仅未全部满足", noStandings: "台账中还没有单位", inRegister: "档案", follows: "据台账", notYet: "据台账：不足七日（已有 {days} 日）或机构未登记值班室", suspicionsStand: "成立疑点 {value} 件", yes: "是", no: "否", nothingCounted: "无计数",
    anyState: "全部状态", noSuspicions: "没有疑点", trick: "疑点", about: "对象", seen: "发现时段", state: "状态", replyUntil: "申辩期至 {time}", open: "查看", suspicionHow: "疑点不是结论。申辩或期满前不得认定。", limit: "界限 {value}", package: "证据包", words: "申辩内容或核定理由",
    ofUnit: "值守台账", kinds: { daily: "值守日报", weekly: "值守周报" }, organisation: "值守机构", make: "生成", noReports: "还没有报表", report: "报表", made: "生成", signature: "摘要与签名", key: "密钥", platform: "平台",
  },
};
export default zh;
