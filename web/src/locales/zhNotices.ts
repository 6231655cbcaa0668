// Words of notices and supervision.
export default {
  notice: {
    tabs: { overdue: "超时未处置", list: "通报督办", still: "通报后仍未办结" }, tab: "通报督办页签",
    how: {
      overdue: "接警、核实、到场、处置任一时限超过且尚未办结的告警，按责任单位或值守机构汇总。选择后批量发出提醒、通报或督办，可发给单位、值守机构或双方，每个责任方一份。",
      still: "已经通报过若干次、至今仍未办结的告警，按责任单位或值守机构列出。可在此发出督办，或导出点名名单。",
    },
    state: { all: "全部", awaiting: "待我办理", open: "未办结", late: "逾期", escalated: "已提请上级", drafted: "拟稿" },
    by: "汇总方式", to: "发给", parties: { unit: "单位", organisation: "值守机构", both: "单位和值守机构" },
    states: "显示范围", kind: "类别", anyKind: "全部类别", anyLevel: "全部级别", none: { overdue: "没有超时未办结的告警", still: "没有这样的告警", all: "没有通报", awaiting: "没有待办理的通报", open: "没有未办结的通报", late: "没有逾期的通报", drafted: "没有拟稿" },
    selected: "已选 {count} 家", chooseAll: "选择本页", choose: "选择 {name}", sendTo: "批量通报", orderTo: "批量督办", alarmsOf: "查看告警",
    overdue: "超时 {count} 条", byLevel: "一级 {l1} · 二级 {l2} · 三级 {l3} · 四级 {l4}", oldest: "最早 {time}", noticed: "其中 {count} 条已通报", notices: "近期通报 {count} 次", orders: "督办 {count} 次", unanswered: "{count} 份逾期未反馈", neverNoticed: "尚未通报", last: "最近 {time}",
    after: "已通报至少", times: "次", since: "且该次通报已满", days: "天",
    dialog: {
      title: "发出通报", subject: "{units} 个责任方，{alarms} 条告警", deadline: "反馈期限", deadlineReminder: "签收期限", remark: "补充说明", remarkHint: "写入正文末尾，最多 500 字", preview: "正文预览（{unit}）", skipped: "{count} 条告警已办结或已不超时，不再列入", send: "发出 {count} 份", draft: "存为拟稿",
      kinds: { reminder: "仅需签收，不计入通报次数", notice: "需签收并反馈整改情况", supervision: "限期整改，反馈须经审核" }, done: "已发出 {count} 份", drafted: "已存为拟稿 {count} 份",
    },
    pick: { title: "{name} 的超时告警", sendPicked: "就所选 {count} 条发出", worst: "{clock}超时", times: "已通报 {count} 次" },
    number: "文号", draftNumber: "拟稿（未编号）", nth: "近期第 {nth} 次", about: "{alarms} 条告警，{open} 条未办结", from: "{region}（{name}）发出", deadline: "期限 {time}", late: "已逾期", unsigned: "{count} 级未签收", escalatedTo: "已提请{level}", allSigned: "各级均已签收",
    body: "正文", noBody: "发出后编号并生成正文。", chain: "签收情况", steps: "办理过程", alarms: "所涉告警", periodFrom: "通报次数自 {time} 起计",
    role: { party: "责任方", relay: "转办", escalation: "上级" }, told: "{time} 送达", again: "共 {rounds} 次", vacant: "无人值守账号，未送达", signed: "{name} 于 {time} 签收", notSigned: "未签收", seen: "{time} 已查看",
    sign: "签收", signed2: "已签收", draft: "拟稿", platform: "平台", words: { reply: "整改反馈", return: "退回原因", withdraw: "撤回原因" }, wordsHint: { reply: "说明原因、已采取的措施和结果", return: "说明需要补充或改正什么", withdraw: "说明撤回的原因" },
    newDeadline: "新的期限", done: "{action}：已完成", again2: "就未办结告警再次发出", nothing: "您当前没有可执行的操作", onAlarm: "通报督办", back: "返回列表",
    export: "点名名单",
  },
};
