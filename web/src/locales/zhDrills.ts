// Words of drills of duty rooms.
export default {
  drill: {
    tab: "分栏", tabs: { month: "当月台账", list: "演练记录", lot: "双盲抽签" },
    how: {
      month: "每间值班室每月一次脚本演练、一次双盲演练；未演练的排在前面。",
      list: "演练不是告警：不进任何告警列表与统计，也不作为在岗证明。",
      lot: "时刻由每月事先封存的种子抽签决定，任何人都选不了；月后公布种子，可重算。",
    },
    plan: "安排演练", kind: "方式", anyKind: "全部方式", state: "状态", anyState: "全部状态", none: "还没有演练记录", room: "值班室", rooms: "值班室", noRooms: "辖区内没有值班室", organisation: "值守机构", region: "行政区", scripted: "脚本演练", doubleBlind: "双盲演练",
    monthBefore: "上一月", monthAfter: "下一月", month: "月份", heldScripted: "脚本演练 {held}/{rooms} 间", heldBlind: "双盲演练 {held}/{rooms} 间", notHeld: "未演练", points: "{points} 分", more: "另有 {count} 间未列出，请按行政区筛选",
    beginsAt: "开始时间", madeUp: "模拟警情", score: "得分", byLot: "抽签", plannedBy: "安排人：{name}", knowsOf: "知情人：{names}", cancelledBecause: "中止原因：{why}",
    step: "步骤", within: "时限", after: "用时", cancel: "中止演练", cancelWhy: "中止原因，如：有真实警情", apart: "演练单独记录，不计入告警统计、通报与值守台账。",
    scriptedHow: "事先告知，席位上直接标明“演练”并列出步骤与时限。", blindHow: "席位上看起来是一条普通告警，接警后才标明“演练”；当班人员与班长事先不知情。", where: "模拟地点（不选则为值班室所在单位）", placeHint: "具体位置，如：三楼东侧走廊", when: "开始", now: "立即", later: "定时",
    knows: "知情人", knowsHint: "如：校安全负责人 王某（防止误拨 119）", begin: "开始演练", enter: "登记",
    standing: "按月双盲演练的行政区", noPlan: "本辖区尚未设定", drop: "取消", set: "设定", lots: "各月抽签", noLots: "还没有抽签", committedAt: "承诺时间", commitment: "承诺值（SHA-256）", seed: "种子", sealed: "封存中，次月公布",
    mark: "演练", gone: "已过 {s} 秒", withinS: "{s} 秒内", did: "完成", neverCall: "这是演练：请按流程操作并逐项点“完成”，不要真的拨打 119 或启动设施。有真实警情请先处置真实警情。",
  },
};
