// Words of work orders, reports of fires and the papers of an alarm.
export default {
  order: {
    title: "处置工单", watches: "四快", limit: "限", noLimit: "不限时", words: "备注，可随下一动作一并记录", kept: "{act}：已记录",
    states: { waiting: "待接单", accepted: "已接单", on_site: "已到场", done: "处置完毕" },
    sides: { remote: "远程值守", site: "现场处置" }, results: { running: "进行中", in_time: "按时，最紧一项余 {time}", late: "未按时，最差一项超 {time}" },
    kinds: { found: "快发现", warned: "快预警", nearest: "最近人员到场", second: "第二批力量到场", handled: "快处置", closed: "快办结" },
    clocks: { take: "接警", verify: "核实", accept: "接单", arrive: "到场", handle: "处置" },
    acts: { inform: "通知现场", call_fire_brigade: "已拨打119", start_systems: "启动消防设施", send_force: "增派力量", accept: "接单", arrive: "到场", second_force: "第二批力量到场", evacuate: "组织疏散", handle: "处置完毕", remark: "备注" },
    callNow: "火情已确认：立即拨打，按下列内容报警", pressed: "我已拨打", called: "{name} 已于 {time} 拨打", drill: "演练：不拨打119",
    incident: "火情报告", incidentStates: { owed: "待报告", drafted: "填写中", submitted: "已报告" }, dueIn: "距期限 {time}", lateBy: "逾期 {time}", wasLate: "逾期提交", write: "填写报告",
    incidentHow: "火情确认后两小时内报告教育主管部门。部位、现象、措施和通知情况已按平台记录预填，请核对补充；提交后封存，不能修改。",
    form: { place: "具体部位", seen: "现场情况", cause: "起火物和原因（初步）", measures: "处置措施", told: "已报告的单位和人员", damage: "损失", injured: "受伤人数", dead: "死亡人数", evacuated: "疏散人数" },
    save: "保存", saved: "报告已保存", submit: "提交报告", submitted: "报告已提交", submitAsk: "提交后封存并签名，不能再修改。确定提交？",
    makeSheet: "生成告警处置单", sheetMade: "告警处置单已生成", papers: { alarm: "告警处置单", incident: "火情报告", daily: "值守日报", weekly: "值守周报" },
  },
};
