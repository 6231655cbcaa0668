//! The eighteen rules: what each tests, an example, and what it cannot see. The reference page is printed from this table.

use serde::{Serialize, Serializer};

/// A rule of the linter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Parts add up to their total.
    L1,
    /// One measure has one value.
    L2,
    /// A total rate lies between its parts; shares add up.
    L3,
    /// Counts and percentages fit whole denominators.
    L4,
    /// A subset is not larger than its set.
    L5,
    /// Bounds of derived sets.
    L6,
    /// The contrary is the rest.
    L7,
    /// Precision.
    L8,
    /// Completeness of regions.
    L9,
    /// Order.
    L10,
    /// Superlatives and thresholds.
    L11,
    /// Lists of names.
    L12,
    /// Dates.
    L13,
    /// Vagueness.
    L14,
    /// Terms.
    L15,
    /// Annexes.
    L16,
    /// Weights.
    L17,
    /// Provenance.
    L18,
}

/// What a rule is, for people.
#[derive(Debug, Clone, Copy)]
pub struct RuleText {
    /// The rule.
    pub rule: Rule,
    /// Its Chinese name.
    pub name_zh: &'static str,
    /// Its English name.
    pub name_en: &'static str,
    /// What it tests.
    pub tests: &'static str,
    /// An example of a finding.
    pub example: &'static str,
    /// What it cannot see.
    pub blind: &'static str,
}

impl Rule {
    /// `L1` to `L18`.
    pub fn as_str(self) -> &'static str {
        const NAMES: [&str; 18] = [
            "L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8", "L9", "L10", "L11", "L12", "L13", "L14", "L15",
            "L16", "L17", "L18",
        ];
        NAMES[self as usize]
    }

    /// The table's entry.
    pub fn text(self) -> &'static RuleText {
        &RULES[self as usize]
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

const fn text(
    rule: Rule,
    name_zh: &'static str,
    name_en: &'static str,
    tests: &'static str,
    example: &'static str,
    blind: &'static str,
) -> RuleText {
    RuleText { rule, name_zh, name_en, tests, example, blind }
}

/// All rules in order.
pub const RULES: [RuleText; 18] = [
    text(
        Rule::L1,
        "分项合计",
        "Parts and total",
        "The entries of a list, or the categories a total names, add up to the total, also where it stands in a sentence before; a remainder is printed. Shares of one whole do not exceed 100 %.",
        "共1010辆，其中416辆、482辆、120辆: 416+482+120 = 1018",
        "Lists that end in 等 or name only the main parts; parts that overlap on purpose without saying so.",
    ),
    text(
        Rule::L2,
        "同名同值",
        "One name, one value",
        "A measure of the same category, region and date is printed with one value; a change between two printed levels is their difference, also where one of them stands elsewhere.",
        "完成364.3万人 … 完成366.9万人",
        "The same measure in other words; values of different dates or headings are not compared.",
    ),
    text(
        Rule::L3,
        "总率与分率",
        "Total rate and part rates",
        "The rate of the whole lies between the smallest and the largest rate of its parts; percentages that can only be shares add up to the rate of the whole.",
        "注册率99.3%, largest city 98.8%",
        "Lists that do not cover all parts.",
    ),
    text(
        Rule::L4,
        "分母一致",
        "Denominators",
        "A count and its percentage admit a whole denominator; it is the printed one; two rates of one population admit the same one; the denominators of parts fit the total.",
        "82所/50%: 164; 70所/43.2%: 162",
        "Which population a rate is of where the text names none; then every printed reading is tried before anything is said.",
    ),
    text(
        Rule::L5,
        "子集",
        "Subset",
        "What was put right is not more than what was found; where the text counts B inside A, B's rate does not exceed A's in any region.",
        "检查86个，合格93个",
        "Sets whose relation the text does not state and whose verbs are not known.",
    ),
    text(
        Rule::L6,
        "派生集合界限",
        "Bounds of derived sets",
        "Units that have A and not B are at least A − B and at most A, in total and by category; units that have both are at least A + B − all.",
        "接入6158、值守4947: at least 1211 without, printed 1123",
        "Regions, where only rates are printed.",
    ),
    text(
        Rule::L7,
        "互补",
        "Complement",
        "未…的比例 is 100 − rate of the same category and measure; what remains is total − done, or what the done count and its rate leave.",
        "安装率60.65% … 40.35%未安装",
        "Complements of rates that are not printed.",
    ),
    text(
        Rule::L8,
        "精度",
        "Precision",
        "Percentages of one text have one number of decimals; a dropped trailing zero is accepted.",
        "45.04% among rates with one decimal",
        "Texts with too few percentages to have a habit.",
    ),
    text(
        Rule::L9,
        "完整性",
        "Completeness",
        "A list by region names every region that the text's longest list or its addressees name, each once.",
        "ten of eleven cities",
        "Regions that the text never names, unless the platform's list of regions is given.",
    ),
    text(
        Rule::L10,
        "排序",
        "Order",
        "A list that says or shows that it is sorted is sorted.",
        "由高到低: …95%、95.5%…",
        "Ties that only unrounded rates could order.",
    ),
    text(
        Rule::L11,
        "极值与阈值",
        "Superlatives and thresholds",
        "最高, 最低, 前三, 均低于 agree with the list they speak of, and name everybody concerned; differences and multiples of two regions, differences from the rate of the whole and means of a printed total are right.",
        "白水县安装率全市最低 while 宁远县 is lower",
        "Superlatives of measures for which no list is printed.",
    ),
    text(
        Rule::L12,
        "名单",
        "Names",
        "A list of names, in a sentence or numbered one a line, has as many names as its count says, or ends in 等; no name stands twice; names of a subset stand in the set's list.",
        "5所学校: six names",
        "Truncated lists, except that they cannot be checked without the annex.",
    ),
    text(
        Rule::L13,
        "日期",
        "Dates",
        "Periods end on or before the as-of date, a month at the latest in its second half; as-of dates lie before the signature, and the text declares one; categories with a deadline and categories with figures are the same.",
        "截至9月2日 … 7月至9月",
        "Dates in words.",
    ),
    text(
        Rule::L14,
        "模糊表述",
        "Vagueness",
        "余, 多, 近, 约 stand before an exact value only.",
        "2400余条",
        "一些, 部分, 个别.",
    ),
    text(
        Rule::L15,
        "用语",
        "Terms",
        "A category has one name throughout.",
        "校外教学点 / 校外教学点设点单位",
        "Synonyms without common characters.",
    ),
    text(
        Rule::L16,
        "附件",
        "Annexes",
        "Every cited annex is listed, every listed one cited, and counts in its title equal the text.",
        "见附件4; three annexes are listed",
        "The rows of annexes, unless the platform's annexes are given.",
    ),
    text(
        Rule::L17,
        "权重可行性",
        "Weights",
        "The rates of all regions and the rate of the whole admit whole numbers of units.",
        "2 of 4 districts at 33.3% need three units each, the total is 5",
        "Large totals: then it is undecided, and said so.",
    ),
    text(
        Rule::L18,
        "来源",
        "Provenance",
        "Every printed figure is one the platform computed from rows.",
        "a count typed by hand",
        "Texts from elsewhere: without the platform's figures the rule is silent.",
    ),
];
