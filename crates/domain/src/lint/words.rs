//! The words the reader knows: measure words, verbs that name a measure, words that carry no meaning of their own.
//!
//! The list of verbs is open: every "X率" of a text makes X a measure of that text ([`Lexicon::learn`]).

use std::collections::HashMap;

/// Measure words, longer before shorter.
pub(crate) const UNITS: [&str; 56] = [
    "人次", "家次", "批次", "户次", "车次", "场次", "校次", "个次", "台次", "条次", "所", "家", "个", "户",
    "人", "名", "条", "件", "起", "台", "套", "处", "间", "辆", "栋", "幢", "座", "次", "份", "支", "项",
    "例", "位", "部", "路", "只", "块", "场", "组", "宗", "门", "张", "具", "盏", "片", "校", "村", "颗",
    "枚", "根", "艘", "架", "眼", "口", "批", "笔",
];

/// What may follow a number without making it a figure of the programme.
pub(crate) const NOT_A_UNIT: [&str; 52] = [
    "小时",
    "分钟",
    "秒",
    "天",
    "年",
    "月",
    "日",
    "周",
    "岁",
    "元",
    "万元",
    "亿元",
    "米",
    "公里",
    "千米",
    "平方",
    "㎡",
    "度",
    "℃",
    "倍",
    "级",
    "号",
    "时",
    "点",
    "届",
    "轮",
    "类",
    "大类",
    "学年",
    "学期",
    "季度",
    "公斤",
    "千克",
    "吨",
    "升",
    "部门",
    "部委",
    "个月",
    "个工作日",
    "个小时",
    "个方面",
    "个环节",
    "个阶段",
    "个季度",
    "个星期",
    "个学期",
    "个百分",
    "名以上",
    "条意见",
    "条措施",
    "分，",
    "分。",
];

/// After 个: counted things that are not units of the programme.
pub(crate) const COUNTED_AFTER_GE: [&str; 18] = [
    "月",
    "工作日",
    "小时",
    "方面",
    "环节",
    "阶段",
    "季度",
    "星期",
    "学期",
    "督导组",
    "检查组",
    "工作组",
    "专班",
    "重点",
    "关键",
    "必须",
    "督查组",
    "层面",
];

/// Words that name what is counted: the verb as written, and the word it is kept under.
const VERBS: [(&str, &str); 104] = [
    ("接入", "接入"),
    ("安装", "安装"),
    ("加装", "安装"),
    ("应装", "安装"),
    ("已装", "安装"),
    ("整改", "整改"),
    ("配备", "配备"),
    ("配齐", "配备"),
    ("建成", "建成"),
    ("应建", "建成"),
    ("未建", "建成"),
    ("覆盖", "覆盖"),
    ("检查", "检查"),
    ("抽查", "抽查"),
    ("抽检", "抽查"),
    ("抽取", "抽查"),
    ("排查", "排查"),
    ("摸排", "排查"),
    ("发现", "发现"),
    ("查出", "发现"),
    ("合格", "合格"),
    ("达标", "达标"),
    ("参加", "参加"),
    ("参训", "参训"),
    ("参与", "参与"),
    ("参测", "参测"),
    ("应测", "参测"),
    ("注册", "注册"),
    ("开通", "开通"),
    ("联网", "联网"),
    ("上线", "上线"),
    ("在线", "在线"),
    ("测评", "测评"),
    ("筛查", "筛查"),
    ("检出", "检出"),
    ("检测", "检测"),
    ("办结", "办结"),
    ("处置", "处置"),
    ("响应", "响应"),
    ("应答", "应答"),
    ("值班值守", "值守"),
    ("值班", "值守"),
    ("值守", "值守"),
    ("备案", "备案"),
    ("验收", "验收"),
    ("签订", "签订"),
    ("持证", "持证"),
    ("登记", "登记"),
    ("上牌", "上牌"),
    ("淘汰", "淘汰"),
    ("更换", "更换"),
    ("清理", "清理"),
    ("拆除", "拆除"),
    ("关停", "关停"),
    ("取缔", "取缔"),
    ("立案", "立案"),
    ("处罚", "处罚"),
    ("约谈", "约谈"),
    ("受理", "受理"),
    ("推送", "推送"),
    ("登录", "登录"),
    ("激活", "激活"),
    ("绑定", "绑定"),
    ("离线", "离线"),
    ("掉线", "离线"),
    ("停用", "停用"),
    ("损坏", "损坏"),
    ("销号", "销号"),
    ("移送", "移送"),
    ("查处", "查处"),
    ("查封", "查封"),
    ("公示", "公示"),
    ("张贴", "张贴"),
    ("投保", "投保"),
    ("接种", "接种"),
    ("体检", "体检"),
    ("干预", "干预"),
    ("复查", "复查"),
    ("复检", "复查"),
    ("反馈", "反馈"),
    ("回复", "回复"),
    ("签收", "签收"),
    ("处理", "处理"),
    ("预警", "预警"),
    ("通报", "通报"),
    ("通过", "通过"),
    ("整治", "整治"),
    ("改造", "改造"),
    ("运行", "运行"),
    ("投用", "投用"),
    ("消除", "消除"),
    ("建档", "建档"),
    ("转介", "转介"),
    ("下发", "下发"),
    ("提供", "提供"),
    ("故障", "故障"),
    ("复工", "复工"),
    ("检验", "检验"),
    ("结案", "结案"),
    ("核查", "核查"),
    ("治理", "治理"),
    ("完工", "完工"),
    ("鉴定", "鉴定"),
    ("监测到", "监测"),
];

/// Verbs so general that they name a measure only where nothing else does.
const WEAK_VERBS: [&str; 8] = ["完成", "实现", "落实", "开展", "建设", "实施", "存在", "使用"];

/// Nouns that contain a verb and are not one.
const NOUNS: [&str; 40] = [
    "培训机构",
    "检测机构",
    "建设单位",
    "施工单位",
    "监测点",
    "检查组",
    "报警装置",
    "报警系统",
    "报警器",
    "报警按钮",
    "监控系统",
    "监控平台",
    "监控室",
    "值班室",
    "值守机构",
    "值守服务",
    "值班人员",
    "值守人员",
    "教育平台",
    "监管平台",
    "充电设施",
    "检测站",
    "整改通知书",
    "处罚决定书",
    "登记证",
    "运行维护",
    "安装单位",
    "使用单位",
    "接入单位",
    "检查站",
    "检查点",
    "预警信息",
    "告警信息",
    "处置中心",
    "建设方案",
    "建设任务",
    "合格证",
    "检查单",
    "整改清单",
    "使用燃气",
];

/// Words that say nothing about what is counted.
const NOISE: [&str; 79] = [
    "其中",
    "但是",
    "并且",
    "同时",
    "此外",
    "另外",
    "另有",
    "还有",
    "尚有",
    "仍有",
    "目前",
    "截至",
    "截止",
    "据统计",
    "经统计",
    "统计显示",
    "统计",
    "共计",
    "累计",
    "总计",
    "合计",
    "全部",
    "已经",
    "所有",
    "各类",
    "各级",
    "达到",
    "分别",
    "情况",
    "数量",
    "总数",
    "总量",
    "有效",
    "平台",
    "实际",
    "市级",
    "省级",
    "县级",
    "系统",
    "到位",
    "均",
    "共",
    "已",
    "有",
    "为",
    "是",
    "计",
    "约",
    "近",
    "达",
    "的",
    "了",
    "在",
    "对",
    "于",
    "但",
    "而",
    "且",
    "并",
    "也",
    "都",
    "还",
    "尚",
    "仍",
    "各",
    "把",
    "从",
    "看",
    "即",
    "将",
    "由",
    "被",
    "至",
    "仅",
    "或",
    "处于",
    "属于",
    "经",
    "占",
];

/// Most measures kept; a text that names more of them is not a notice, and looking words up must stay cheap.
const STEMS_MAX: usize = 512;

/// What a word of the lexicon does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Names a measure; index into [`Lexicon::stem`].
    Verb(u16),
    /// Names a measure only where no [`Class::Verb`] does.
    Weak(u16),
    /// X率: the rate of a measure.
    Rate(u16),
    /// 比例, 占比: a rate of something named elsewhere.
    AnyRate,
    /// A noun kept as it is.
    Noun,
    /// Skipped.
    Noise,
    /// 未, 没有: the contrary.
    Not,
    /// 应, 需: what should be.
    Due,
    /// 新增, 本月: only what was added.
    Fresh,
    /// 全省, 全市: the whole.
    Whole,
}

/// The words of one text, by first character, longest first.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: HashMap<char, Vec<(Vec<char>, Class)>>,
    stems: Vec<String>,
}

impl Lexicon {
    /// The words known before any text is read.
    pub(crate) fn new() -> Self {
        let mut lexicon = Self { words: HashMap::new(), stems: Vec::new() };
        for (word, stem) in VERBS {
            let stem = lexicon.intern(stem);
            lexicon.add(word, Class::Verb(stem));
        }
        for word in WEAK_VERBS {
            let stem = lexicon.intern(word);
            lexicon.add(word, Class::Weak(stem));
        }
        for (words, class) in [
            (NOUNS.as_slice(), Class::Noun),
            (&NOISE, Class::Noise),
            (&["未", "没有", "尚未", "未能", "未按"], Class::Not),
            (&["应", "需", "须", "应当", "需要", "计划", "拟", "任务"], Class::Due),
            (&["新增", "本月", "今年新", "本周", "当月", "新接入", "新安装", "新建成", "新建"], Class::Fresh),
            (
                &[
                    "全省",
                    "全市",
                    "全县",
                    "全区",
                    "全州",
                    "全盟",
                    "全旗",
                    "全国",
                    "我省",
                    "我市",
                    "我县",
                    "我区",
                    "全系统",
                    "各地",
                ],
                Class::Whole,
            ),
            (&["比例", "占比", "比率"], Class::AnyRate),
        ] {
            for word in words {
                lexicon.add(word, class);
            }
        }
        lexicon
    }

    /// Makes every measure that the text names as a rate a word of the lexicon.
    pub(crate) fn learn(&mut self, chars: &[char]) {
        for index in 2..chars.len() {
            if chars[index] != '率' || chars.get(index + 1).is_some_and(|c| "先领".contains(*c)) {
                continue;
            }
            let stem: String = chars[index - 2..index].iter().collect();
            if !stem.chars().all(super::source::is_cjk) || "效频概利税汇功".contains(chars[index - 1])
            {
                continue;
            }
            let before = &chars[index.saturating_sub(4)..index];
            let known = self.verbs_in(before);
            let id = match known.last() {
                Some(id) => *id,
                None if WEAK_VERBS.contains(&stem.as_str()) => self.intern(&stem),
                None => {
                    let id = self.intern(&stem);
                    self.add(&stem, Class::Verb(id));
                    id
                }
            };
            if self.stems.len() >= STEMS_MAX {
                return;
            }
            let word: String = stem + "率";
            self.add(&word, Class::Rate(id));
            if !known.is_empty() && before.len() == 4 && self.class_of(&before[..2]).is_some() {
                let long: String = before.iter().collect::<String>() + "率";
                self.add(&long, Class::Rate(id));
            }
        }
    }

    /// The longest word at the start of `chars`.
    pub(crate) fn at(&self, chars: &[char]) -> Option<(usize, Class)> {
        let candidates = self.words.get(chars.first()?)?;
        candidates.iter().find(|(word, _)| chars.starts_with(word)).map(|(word, class)| (word.len(), *class))
    }

    /// The word a measure is kept under.
    pub(crate) fn stem(&self, id: u16) -> &str {
        self.stems.get(usize::from(id)).map_or("", String::as_str)
    }

    fn class_of(&self, word: &[char]) -> Option<Class> {
        self.at(word).filter(|(length, _)| *length == word.len()).map(|(_, class)| class)
    }

    fn verbs_in(&self, chars: &[char]) -> Vec<u16> {
        let (mut found, mut index) = (Vec::new(), 0);
        while index < chars.len() {
            match self.at(&chars[index..]) {
                Some((length, class)) => {
                    if let Class::Verb(id) = class {
                        found.push(id);
                    }
                    index += length;
                }
                None => index += 1,
            }
        }
        found
    }

    fn intern(&mut self, stem: &str) -> u16 {
        if let Some(known) = self.stems.iter().position(|s| s == stem) {
            return known as u16;
        }
        self.stems.push(stem.to_owned());
        (self.stems.len() - 1) as u16
    }

    fn add(&mut self, word: &str, class: Class) {
        let word: Vec<char> = word.chars().collect();
        let Some(&first) = word.first() else { return };
        let words = self.words.entry(first).or_default();
        if words.iter().any(|(known, _)| *known == word) {
            return;
        }
        words.push((word, class));
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
}
