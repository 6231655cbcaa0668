// Words of rule quality and quarantine.
export default {
  quality: {
    how: "统计近 30 天内值班人员对智能告警的确认与误报判定。演练、测试和尚未核实的告警不计入；点击任一数字可查看对应告警。",
    byRule: "按规则", byCamera: "按规则和摄像机", span: "{from} 至 {until}", serving: "当前模型", cut: "仅显示误报最多的 {shown} 条，共 {total} 条",
    rule: "规则 / 模型版本", noModel: "无模型（画面比对）", camera: "摄像机", answered: "已判定", real: "真警", false: "误报", reasons: "误报原因", precision: "准确率（95% 区间）", aDay: "日均误报", worstDay: "单日最多", noisy: "噪声", none: "近 30 天没有已判定的智能告警",
    suggestion: "阈值建议", suggested: "{threshold}，可去除 {dropped} 条误报", suggestionHow: "阈值建议：保留全部真警并能去除误报的最低置信度，真警不足 5 条或无法区分时不给出；仅供参考，平台不会自动修改阈值。",
    answer: "判定", score: "置信度",
  },
  quarantine: {
    title: "规则静默", showAll: "含已结束", none: "没有待批准或静默中的规则", grounds: "提出依据", figures: "判定 {answered} 条，真警 {real} 条，单日误报最多 {worst} 条", state: "状态", until: "至 {time}", decided: "批准人与理由",
    how: "同一摄像机上某规则单日误报超过 5 条，或判定不少于 10 条且准确率上限低于 20% 时，平台提出静默，由监管人员批准。静默期间仍然识别、留存图片并列入清单，但降为四级、不呼叫值班人员；到期自动恢复。一级（烟雾、明火）最长 7 天，其他最长 30 天。",
    approve: "批准静默", decline: "不批准", lift: "提前解除", why: "理由", whyHint: "例如：食堂蒸汽，已安排加装排风，周五前完成", end: "静默至（当日结束）", approveHow: "最长 {days} 天。请同时安排消除误报原因；静默期间该摄像机的此类告警不会呼叫任何人。", done: "已记录",
  },
};
