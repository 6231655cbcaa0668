// Words of scores, violation files, applications, censuses and files of contracts.
export default {
  score: {
    month: "月份", how: "评分只由平台记录按公开规则算出；下载数据文件，任何人不经平台即可算出同一分数。", kept: "已封存（{time}）", running: "当月未结束，随记录变化", part: "项目", weight: "权重", counted: "计数", earned: "得分", notMeasured: "未测得，不得分", findings: "认定的弄虚作假（每项扣分）",
    rules: "评分规则", rule: { parts: "各项得分＝权重×计数比值，按百分之一分向下取整，再相加。", nothing: "没有测得的项目不得分，权重不转移。", alarms: "告警按时接警：从响铃到接警不超过该级别时限；演练、测试、归并的不计。", findings: "虚假值班、谎报值班、证书不实经认定后扣分；撤销的不扣。", kept: "全月台账日结后封存一次，此后不再改动；之后的更正与撤销不改变已封存的分数。", exempt: "事先批准的免查分钟每室每月至多扣除 {hours} 小时，超出部分按缺口计。" },
    again: "自行核算", file: "下载数据文件", rows: { room_days: "值班室日", roll_calls: "查岗", alarms: "告警", drills: "演练", findings: "认定" },
  },
  violation: {
    open: "立案", how: "每一条都附平台记录及其摘要；机构有 72 小时申辩，认定后 15 天内可申请复核，复核须由另一人作出。", openHow: "选择类型与时段，平台查找能够证明的记录；没有记录就不能立案。虚假值班由认定成立的疑点自动归档。", none: "没有违规记录", kind: "类型", span: "时段", rows: "记录数", state: "状态", person: "人员", words: "认定意见", say: "说明（必填）",
    replyUntil: "申辩截止 {time}", appealUntil: "复核申请截止 {time}", fromSuspicion: "来自认定成立的疑点", package: "证据包（{rows} 条记录）", intact: "与留存摘要一致", altered: "与留存摘要不一致",
  },
  application: {
    title: "值守机构登记申请", how: "填写后由所在地教育主管部门核实（电话联系、查验资料）；核准后才产生机构档案，账号由主管部门开通。", send: "提交申请", sendAgain: "重新提交", leader: "负责人", receipt: "回执", receiptHow: "请妥善保存回执：查询进度、退回后补正只认回执，遗失不补。", look: "查询", lookHow: "已经提交过？凭回执查询进度或补正。", said: "审核意见：", approvedHow: "已核准。负责人账号由所在地主管部门开通，请与其联系。",
    states: { waiting: "待审核", returned: "退回补正", approved: "已核准", refused: "不予登记", lapsed: "逾期失效" },
    none: "没有申请", sameName: "与其他机构或申请同名", sentAt: "提交时间", sent: "提交", applicant: "申请人", times: "提交次数", reason: "审核意见（退回、不予登记必填，申请人可见）", unproved: "平台只核对了信用代码校验位与重复情况，申请人身份须由审核人核实。", toOrganisation: "查看机构档案",
  },
  census: {
    open: "发起摸底", none: "没有摸底", title: "名称", deadline: "填报截止", until: "填报截止 {time}", note: "说明", progress: "进度", of: "已确认 {accepted} / 已填报 {answered} / 共 {asked}", running: "进行中", closedAt: "已关闭（{time}）", close: "关闭并留存", frozen: "下载留存件", region: "地区", signed: "签字人", nobody: "无值守机构",
    counts: { organisations: "值守机构", valid: "其中有效", units: "接入单位", contracted: "其中有生效合同", on_duty: "其中值守有效" },
    confirmHow: "以下数字由平台记录计得，不能填写。核对名单无误后签字；有误的请先更正记录。", signedHow: "签字时的数字与名单。", now: "现为 {count}", more: "另有 {count} 家", remark: "说明（选填）", reason: "退回理由（退回必填）",
  },
  contract: { files: "合同文本", filesHow: "双方签署的合同（PDF、JPEG、PNG，至多 20 MB）。只有合同双方能看到；每次查看都留痕。", noFiles: "还没有上传合同文本。", addFile: "上传合同文本", ledger: "值守台账近 {days} 天：无生效合同 {minutes} 分钟。" },
};
