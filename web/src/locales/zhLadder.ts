// Words of the escalation ladder and of an office's queue.
export default {
  ladder: {
    title: "升级与告知", run: "{clock}时限", since: "{time} 起算", stopped: "{time} 已完成", over: "已结束", told: "{time} 已告知", rounds: "共 {rounds} 次", in: "{time} 后告知", againIn: "{time} 后再次告知",
    vacant: "该层级无人，已直接上报", spared: "未告知", seen: "{time} 已查看", receipt: "{name} 于 {time} 受理", owed: "待受理", acknowledge: "受理", acknowledged: "已受理",
  },
  dutyThen: { title: "告警时的值守", at: "{day} {time}", none: "该单位当日没有双方确认的值守合同，台账中无值守记录", notYet: "这一分钟尚待核算，约两分钟后可见", stretch: "{from}–{to}（{minutes} 分钟）", claimed: "有人声称在岗", gap: "值守缺口", running: "当日尚未结账" },
  escalation: {
    which: "显示范围", owed: "待受理", all: "全部", how: "下级在时限内未完成接警、核实、到场或处置的告警，逐级上报到这里。受理表示已知悉并负责督促；告警仍须由值守人员或单位处置。",
    runs: "{clock}已等待", none: { owed: "没有待受理的告警", all: "没有上报到本级的告警" },
  },
  toldBy: { in_app: "平台消息", webhook: "Webhook", wecom: "企业微信机器人", dingtalk: "钉钉机器人", feishu: "飞书机器人", sms: "短信", voice: "语音电话", mail: "邮件", mqtt: "MQTT", web_push: "浏览器推送" },
  outlets: {
    title: "告知渠道", how: "告警逐级上报时，除平台消息外还通过这些渠道告知。渠道在配置文件中设置；测试消息会注明“测试”，不会引发处置。", none: "尚未配置任何外部渠道。", waiting: "{count} 条待发送",
    lastSent: "最近送达 {time}", neverSent: "尚未送达过", lastFailed: "最近失败 {time}：{why}", test: "测试连接", people: "本层级人员自行登记的地址", noneToTest: "没有可测试的地址：请先在“接收方式”中登记自己的地址。", taken: "已接收", refused: "未接收",
  },
  sending: { waiting: "待发送", sent: "已送达", given_up: "发送失败" },
};
