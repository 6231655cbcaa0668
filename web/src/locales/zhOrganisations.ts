// Words of organisations, their people, assessments and duty contracts.
export default {
  organisation: {
    tab: "分栏", tabs: { list: "名录", contracts: "值守合同", applications: "登记申请", censuses: "摸底" },
    how: { list: "值守机构先登记、经所在地核准后方可承接单位；一方申报、另一方确认，合同才算数。", contracts: "单位申报、机构确认与登记的值班状态并列，互不替代。", applications: "机构自行提交的申请；核准前不产生机构，也不产生账号。", censuses: "逐地区核对平台记录、签字填报，由上级确认后关闭留存。" },
    parts: { staff: "人员证书", contracts: "值守合同", assessments: "排查", score: "评分", violations: "违规档案", history: "经过" },
    find: "按名称或信用代码查找", anyState: "全部状态", none: "还没有登记的值守机构", register: "登记机构", edit: "修改机构资料", registered: "登记",
    name: "机构名称", creditCode: "统一社会信用代码", creditCodeHint: "18 位，自动校验", seat: "所在地", region: "所在地", state: "状态", people: "人员", serves: "承接单位", servesOf: "{now} 家 / 可承接 {most} 家", address: "值守场所地址", phone: "24 小时电话", premises: "值守场所面积（平方米）", unitsMax: "可承接单位数", registeredAt: "登记时间",
    rectifyBy: "{time} 前整改", rectifyByField: "整改期限（90 天以内）", reason: "理由", findings: "四项条件（登记数据对照）",
    needed: { premises: "平方米，应有 {needed}", staff: "人，应有 {needed}", ability: "人持证有效，应有 {needed}", around_the_clock: "由值守台账证明，每班 {needed} 人" },
    standing: { met: "达到", unmet: "未达到", look: "须现场核查" },
    meaning: {
      approve: "核准后可与单位签订值守合同。", decline: "不予核准，登记作废；整改后可重新登记。", order_rectification: "现有合同继续，期限内不得承接新单位，到期复查。", suspend: "现有合同继续，不得承接新单位，直至恢复。",
      restore: "恢复有效，可以承接新单位。", replace: "通知其服务的单位更换机构，新机构接替前继续值守。", cancel: "注销后不能再值守；仍有合同时不能注销。",
    },
  },
  staff: {
    how: "证书编号须经官方查询；过期、查无、等级或方向不符的，不计入持证人数。", add: "登记人员", edit: "修改人员", none: "还没有登记人员", withLeft: "含已离职", left: "{time} 离职", name: "姓名", post: "岗位", certificate: "职业资格证书", number: "证书编号", level: "等级", direction: "方向", validUntil: "有效期至", query: "官方查询", queriedOn: "查询日期", standing: "今日效力",
    hasCertificate: "持有消防设施操作员证书", account: "开通账号", end: "离职", endAsk: "“{name}”离职？其账号立即停用，记录保留。",
  },
  assessment: { add: "开展排查", how: "对场所、人员、专业能力、24 小时值守四项逐项判定；当时的登记数据一并留存。", none: "还没有排查记录", passed: "合格", failed: "不合格", why: "说明", whyNeeded: "须说明理由", remark: "总体意见" },
  contract: {
    ofUnit: "值守合同", propose: "申报合同", withOver: "含已结束", none: "没有值守合同", unit: "接入单位", unitId: "单位编号", organisation: "值守机构", span: "起止", said: "双方意见", duty: "登记值班状态", number: "合同编号", starts: "生效时间", ends: "到期时间",
    proposedBy: "{side}申报（{name}）", replacing: "接替原机构", followed: "新机构即将接替", replaces: "接替的原合同", replacesNone: "不接替", reason: "说明", reasonNeeded: "须说明理由",
    howUnit: "由本单位申报，值守机构确认后生效。更换机构时选择被接替的合同，两家重叠值守后自动交接，中间不断档。", howOrganisation: "由本机构申报，单位确认后生效。",
    title: { accept: "确认合同", decline: "不接受合同", withdraw: "撤回申报", terminate: "解除合同" },
    meaning: { accept: "确认后到生效时间自动生效。", decline: "申报作废，对方可以重新申报。", withdraw: "申报作废。", terminate: "立即解除；没有接替机构的，该单位从此刻起无人值守，并计入断档。" },
    covered: "自首份合同生效以来没有断档。", uncovered: "自首份合同生效以来累计断档 {span}。",
  },
};
