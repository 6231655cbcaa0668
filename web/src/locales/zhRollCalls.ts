// Words of roll-calls of duty rooms.
export default {
  rollCall: {
    tab: "分栏", tabs: { rounds: "查岗记录", calls: "逐室结果", exemptions: "免查", plan: "计划与验证" },
    how: {
      rounds: "值班室须在时限内由本室席位一键应答，服务器时间为准；室内摄像机须看到席位上的查岗码。",
      calls: "每间值班室的每一次查岗，含计划抽查与未通过后的复查。",
      exemptions: "事先申请、另一人批准后才免查，一次不超过 4 小时；事后不补。",
      plan: "每天的抽查时刻由前一晚封存的随机种子决定，任何人都无法预知，也无法改动而不被发现。",
    },
    ask: "立即查岗", askTitle: "立即查岗", askNow: "查岗", whom: "查谁", choice: { reach: "辖区全部", rooms: "指定值班室", sample: "随机抽取" }, rooms: "值班室", room: "值班室", findRoom: "输入名称查找值班室", organisation: "值守机构（不选则不限）",
    sample: "随机抽取", percent: "按比例（%）", count: "按数量", sampleHow: "抽取所用种子随结果留存，任何人可以重算。", minutes: "应答时限（分钟）", reason: "事由", reasonHint: "如：夜间抽查", drawnOf: "自 {rooms} 间中抽取",
    origin: "来源", anyOrigin: "全部来源", anyState: "全部状态", state: "状态", result: "结果", askedAt: "发起时间", askedBy: "发起人", deadline: "应答截止", left: "剩余 {time}", none: "还没有查岗记录", back: "返回查岗记录", atDevices: "用户传输装置查岗（GB/T 26875.3）",
    codeSeen: "画面验证通过 {rooms}", code: "查岗码画面验证", noPicture: "未见查岗码", answer: "应答", after: "{time} 后", againAt: "{time} 再次查岗", answeredBy: "{name} 在 {time} 后应答", toAlarm: "查看对应告警",
    times: { planned: "计划时刻", askedAt: "发起", heldUp: "平台恢复后重新计时", deadline: "应答截止", answeredAt: "收到应答", deviceAt: "席位自报按键时间（仅备注）", codeAt: "看到查岗码", again: "再次查岗" },
    picture: { asked: "发起时画面", answered: "应答时画面", code: "查岗码判定画面" }, noPictures: "没有画面：该值班室的摄像机未在本平台运行，或尚未留存。",
    plan: { before: "前一天 23:00 起抽取种子并封存，公布其承诺值（SHA-256）。", during: "当天按种子推算的时刻查岗；平台未运行而错过的，记为漏查，不补查。", after: "次日公布种子。任何人都能重算承诺值与全部时刻，核对有无漏查、加查、挪动。" },
    day: "日期", committedAt: "承诺时间", commitment: "承诺值", seed: "种子", sealed: "封存中，次日公布", check: "验证", checkOf: "验证 {day}", noDays: "还没有已承诺的日期", rules: "规则", rulesText: "任意七天内每间不少于 {week} 次，另按每次千分之 {extra}、每天 24 次抽签加查，同日间隔不少于 {apart} 秒", roomsInReach: "{rooms} 间，其中辖区内 {reach} 间", planned: "计划", made: "实际发起",
    verdict: { notYet: "当天结束后公布种子，届时可以验证。", kept: "验证通过：种子与承诺一致，每一次都按计划发起。", deviates: "种子与承诺一致；实际发起与计划有出入，见下表。", broken: "验证不通过：公布的种子、日期、规则或名单与承诺不一致。" },
    checkYourself: "自行验证：下载承诺原文，计算其 SHA-256，应与承诺值相同。", textFile: "承诺原文", deviations: "与计划的出入", noDeviations: "没有出入", at: "时刻", what: "情况", deviation: { left_out: "漏查", added: "计划外加查" }, ofRoom: "某一值班室的计划时刻",
    exemption: {
      ask: "申请免查", all: "含已结束", none: "没有免查申请", span: "免查时段", starts: "开始", ends: "结束", bounds: "须在开始之前获批，一次不超过 4 小时。", inForce: "免查中", why: "说明（选填）", whyNeeded: "须说明理由",
      event: { approve: "批准", decline: "不批准", withdraw: "撤回" },
    },
    seat: {
      title: "查岗", waiting: "请应答查岗", late: "已超过时限，请立即补答", left: "剩余 {time}", press: "按 空格 或 回车 应答", answer: "应答", answering: "正在应答……", idle: "当前没有查岗", queued: "网络中断，应答已记下，恢复后自动送达；以服务器收到时间为准。",
      done: { answered: "已按时应答（{time}）", late: "已应答，但超过时限（{time}）" }, code: "查岗码", noCode: "查岗码暂不可用", small: "缩小（Esc）", lost: "查岗连接中断，正在重连……",
      refused: { other_room: "本席位不属于被查的值班室", not_on_roster: "您此刻不在本值班室排班表上，请由在班值班员应答", wrong_code: "查岗码已更换，请再按一次", too_late: "已超过时限一小时，不再接受应答" },
    },
  },
};
