// Chinese words of bulletins, opinions, the linter and verification.
export default {
  bulletin: {
    new: "新建通报", make: "生成通报草稿", newHow: "草稿由快照数据按模板生成，并立即自动校验。", freshSnapshot: "以现在为统计时点生成新快照", compareWith: "对比快照（上次）", none: "没有通报", stateLabel: "状态", number: "发文字号", noNumber: "发文字号：批准时编号", title: "标题", findings: "校验结果", createdBy: "拟稿人", publishedAt: "发布时间", revision: "第 {revision} 稿", draftMark: "征求意见稿",
    state: { draft: "草稿", consulting: "征求意见中", approved: "已批准", published: "已发布", withdrawn: "已撤回" },
    tab: { findings: "校验", figures: "数据", annexes: "附件", opinions: "意见", settings: "设置", way: "流转" },
    action: { consult: "征求意见", end_consultation: "结束征求意见", approve: "批准", publish: "发布", withdraw: "撤回" },
    ask: { publish: "发布后将送达全部主送单位，正文不能再修改。确定发布？", end_consultation: "全部单位都已答复时可以提前结束征求意见。确定结束？" },
    export: "导出", format: { docx: "DOCX（公文格式）", template: "DOCX（套用本单位红头）", pdf: "PDF", xlsx: "XLSX（附件表格）", json: "JSON（带签名和数据）", text: "纯文本" },
    template: "红头模板", templateHow: "上传本单位的红头文件（DOCX，不超过 5 MB），导出时正文填入其中。", templateNone: "尚未上传，导出使用通用格式。", templateSince: "已上传，{time}", templateUpload: "上传 DOCX", templateSize: "文件超过 5 MB",
    hours: "征求意见时限（小时）", consultHow: "草稿发给文中涉及的市、县和点名单位所在地区，期限内可逐项提出异议；期限结束前不能批准。", consultSend: "发出征求意见稿", approveHow: "批准后编号、定日期并签名，正文不能再修改。批准人不能是拟稿人。", overrideHow: "校验仍有 {errors} 处错误，{objections} 条异议未答复。仍要批准的，须写明理由，理由记入审计。", overrideReason: "仍然批准的理由（必填）", approveSend: "批准并签署",
    object: "提出异议", objectFigure: "对此数据提出异议", objectHow: "点击正文中的数据或段落旁的按钮，可对具体内容提出异议。", objectionText: "异议内容", objectionSend: "提交异议", evidence: "依据", wholeDraft: "对通报整体", paragraphNo: "第 {paragraph} 段", agree: "无异议", objections: "异议", noObjections: "还没有异议", parties: "征求意见单位", seen: "已阅", unseen: "未阅", closesAt: "截止", roundOver: "已截止",
    answer: { agree: "无异议", object: "有异议", none: "未答复" }, accepted: "采纳", notAccepted: "不采纳", accept: "采纳", refuse: "不采纳", replyText: "答复意见", noReply: "尚未答复",
    allFigures: "显示全部 {all} 项（本辖区 {mine} 项）", findFigure: "查找数据", printed: "文中数值", figureKind: "类型", noRows: "此数据不是单位计数，没有对应的单位名单。",
    noAnnexes: "没有附件", annexNo: "附件 {number}", rows: "{rows} 行", settingsHow: "修改后由同一快照重新生成正文，产生新一稿，原稿保留。", additionPlace: "位置", addParagraph: "增加段落", additionHow: "自写段落中的数字没有数据依据，校验会提醒。", below: "低于", lowest: "点名最低：", sayHighest: "第一部分各段写明最高的市", onePerLine: "每行一项", asJson: "结构化内容（JSON）", saveSettings: "保存并重新生成",
    withdrawHow: "撤回后不能再编辑或发布；存档和文号保留，核验时显示已撤回。", withdrawReason: "撤回理由", steps: "经过", event: { write: "起草", rewrite: "改写", consult: "征求意见", end_consultation: "结束征求意见", approve: "批准", publish: "发布", withdraw: "撤回" }, approvals: "批准", notApproved: "尚未批准", overridden: "带错误批准，理由", signature: "签名", algorithm: "算法", key: "公钥标识", digest: "摘要", receipts: "送达与阅读", readOf: "已阅 {read} / 送达 {sent}", unread: "未阅",
  },
  figureKind: { count: "计数", percent: "比例", kind_share: "占全部的比例", total_share: "占总数的比例", points: "百分点变化", days: "天数", day: "日期", unproved: "单位自写，未经数据证明" },
  setting: {
    title: "标题", addressees: "主送机关", organ: "发文机关标志（红头）", issuer: "署名", copies_to: "抄送", additions: "补充段落", demands: "工作要求（每行一段）", names_all_max: "不超过此数时全部列名", names_shown_connection: "接入名单列出数", names_shown_duty: "值守名单列出数", categories_shown: "占比列出的类别数", parties_shown: "告警责任单位列出数", superlatives: "最高、最低的表述", thresholds: "低于界限的列举", decimals: "百分比小数位数", keep_zeros: "保留末尾的零", names_annex: "名单所在附件",
  },
  additionPlace: { lead: "导语", connection: "接入情况之后", duty: "值班值守情况之后", progress: "建设进度问题之后", duty_problems: "值班值守问题之后", alarms: "告警处理问题之后" },
  inbox: { how: "省级发来的征求意见稿和通报。请在截止前答复；收到的通报请阅读并确认。", none: "没有待办", kind: "类型", consultation: "征求意见", bulletin: "通报", at: "收到", due: "答复期限", read: "阅读", waits: "待答复", acknowledge: "确认收到" },
  finding: { errors: "{count} 处错误", warnings: "{count} 处提醒", noErrors: "没有错误", none: "没有发现问题", line: "第 {line} 行", suggestion: "建议：", also: "另见第 {lines} 行", filter: "按程度筛选", severity: { error: "错误", warning: "提醒", style: "文字" } },
  rule: {
    L1: "分项与合计", L2: "同名同值", L3: "总体在分项范围内", L4: "分母一致", L5: "子集关系", L6: "派生数上下界", L7: "互补关系", L8: "精度与舍入", L9: "完整性", L10: "排序", L11: "最值与界限", L12: "名单", L13: "日期", L14: "模糊数", L15: "用语一致", L16: "附件", L17: "权重可行性", L18: "数据来源",
  },
  lint: {
    give: "校验一份通报", how: "粘贴全文，或上传 TXT、DOCX、PDF、JSON 文件（不超过 5 MB）。校验只指出能够用算术证明的矛盾；读不懂的数字单独列出，不作判断。", paste: "在此粘贴通报全文", check: "开始校验", file: "选择文件（也可拖放到此处）", toVerify: "核验已发布的通报", pasted: "粘贴的文本", again: "校验另一份", size: "文件超过 5 MB", more: "仅显示前 {shown} 行，共 {all} 行", weights: "各地比例与全省比例能否同时成立（L17）", unread: "未能读懂的数字", unreadHow: "以下数字没有参与校验，请人工核对。",
  },
  weight: { feasible: "成立：存在合理的整数", infeasible: "不成立：不存在这样的整数", undecided: "未能判定：超出计算上限" },
  lintRead: { counts: "计数", percents: "百分比", lists: "列表", dates: "日期", names: "名单", name_lists: "名单", regions: "地区", paragraphs: "段落", lines: "行", figures: "数字", claims: "论断", totals: "合计" },
  keys: { title: "签名密钥", how: "通报批准时用当前密钥签名；更换后旧公钥保留，用于核验以前的通报。", key: "公钥标识", algorithm: "算法", from: "启用", until: "停用", inUse: "使用中", none: "首次批准通报时自动生成", replace: "更换密钥", replaceAsk: "生成新的签名密钥并立即启用？旧公钥保留用于核验。", public: "公钥（Base64）" },
  verify: {
    title: "通报核验", how: "上传收到的通报文件，或输入发文字号、摘要，核对它是否由本平台发布、数据是否被改动。", upload: "上传文件", or: "或者", key: "发文字号或摘要，如 赣教监管字〔2026〕1号", privacy: "支持 DOCX、PDF、TXT、JSON、XLSX，不超过 20 MB。上传的文件只用于核对，不保存。", size: "文件超过 20 MB", found: "以下是平台留存的原文。", notFound: "没有与此对应的已发布通报。",
    verdict: { genuine: "真实，未被改动", altered: "内容被改动", unknown: "不是本平台发布的通报", unreadable: "无法读取", found: "已发布的通报" }, unpublished: "这是尚未发布的文稿，不具有效力。", withdrawn: "该通报已撤回，不再有效。", signatureValid: "签名有效", signatureInvalid: "签名无效", differences: "与原文不一致的数据（{count} 处）", figure: "数据", original: "原文", inDocument: "该文件", missing: "未找到", line: "行", originalText: "平台留存原文",
  },
};
