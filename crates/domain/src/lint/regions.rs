//! Which regions a text speaks of, found from the text itself: names that end in 市, 州, 盟, 区, 县 or 旗 and stand as entries of lists.
//!
//! No gazetteer: a notice of any province brings its own. A name counts once it is the whole label of a figure or a whole member of
//! an enumeration; after that it is also recognised without its suffix (抚州 for 抚州市).

use std::collections::HashMap;

use super::source::{Paragraph, is_cjk};

/// Characters a region's name ends with.
const SUFFIXES: &str = "市州盟区县旗镇乡";
/// Longer ends of names of places and bodies that a list of figures is about, known only where a figure stands right behind them.
const LONG_SUFFIXES: [&str; 3] = ["街道", "学院", "开发区"];
/// Longest name, in characters.
const NAME_MAX: usize = 14;
/// Longest name with a longer end, in characters: longer ones are institutions with a full name.
const LONG_MAX: usize = 7;
/// Most regions kept: more than any province has counties.
const REGIONS_MAX: usize = 400;
/// Words that end like a region and are none.
const NOT_REGIONS: [&str; 42] = [
    "城区",
    "辖区",
    "地区",
    "社区",
    "校区",
    "园区",
    "小区",
    "片区",
    "景区",
    "库区",
    "厂区",
    "营区",
    "山区",
    "灾区",
    "学区",
    "街区",
    "市区",
    "郊区",
    "牧区",
    "农区",
    "林区",
    "设区市",
    "县区",
    "市县",
    "区县",
    "城市",
    "超市",
    "门市",
    "市州",
    "州市",
    "自治区",
    "盟市",
    "宿舍区",
    "生活区",
    "乡镇",
    "城镇",
    "集镇",
    "村镇",
    "老区",
    "矿区",
    "牧乡",
    "水乡",
];

/// Ends of names of places inside a region: 老旧小区, 东校区.
const PLACES: [&str; 13] =
    ["小区", "社区", "校区", "景区", "厂区", "库区", "营区", "学区", "街区", "超市", "城乡", "辖区", "乡镇"];

/// A region of the text.
pub(crate) type RegionId = u16;

/// The regions of a text.
#[derive(Debug, Default)]
pub(crate) struct Regions {
    names: Vec<String>,
    by_first: HashMap<char, Vec<(Vec<char>, RegionId)>>,
}

impl Regions {
    /// Collects the regions of a text; `known` come first, in their order.
    pub(crate) fn collect(paragraphs: &[Paragraph], known: &[String]) -> Self {
        let mut regions = Self::default();
        for name in known {
            regions.add(name);
        }
        for paragraph in paragraphs {
            let chars = &paragraph.chars;
            let mut start = paragraph.body;
            for index in paragraph.body..=chars.len() {
                let c = chars.get(index).copied().unwrap_or('。');
                let digit =
                    c.is_ascii_digit() || (c == '百' && chars[index..].starts_with(&['百', '分', '之']));
                if !digit && !"、，。；：（）".contains(c) {
                    continue;
                }
                // 西和县 is one name, A市和B市 are two.
                let chunk = &chars[start.min(index)..index];
                regions.take_label(chunk);
                if digit || c == '：' {
                    regions.take_long(chunk);
                }
                if name_length(chunk) != Some(chunk.len()) {
                    chunk.split(|c| *c == '和').for_each(|name| regions.take_label(name));
                }
                start = index + 1;
            }
        }
        regions
    }

    /// Number of regions.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// Full name.
    pub(crate) fn name(&self, id: RegionId) -> &str {
        self.names.get(usize::from(id)).map_or("", String::as_str)
    }

    /// The region a text starts with, and the length of its name as printed.
    pub(crate) fn at(&self, chars: &[char]) -> Option<(usize, RegionId)> {
        let candidates = self.by_first.get(chars.first()?)?;
        candidates.iter().find(|(name, _)| chars.starts_with(name)).map(|(name, id)| (name.len(), *id))
    }

    /// The one region that a label is, nothing else around it.
    pub(crate) fn exactly(&self, label: &str) -> Option<RegionId> {
        let chars: Vec<char> = label.chars().collect();
        self.at(&chars).filter(|(length, _)| *length == chars.len()).map(|(_, id)| id)
    }

    /// A whole label that is a region's name becomes a region.
    fn take_label(&mut self, label: &[char]) {
        // Nearly every label ends otherwise: it is not worth copying.
        if label.len() < 2 || !SUFFIXES.contains(label[label.len() - 1]) {
            return;
        }
        let text: String = label.iter().collect();
        let behind: Vec<char> = ["分别为", "分别是", "依次为"]
            .iter()
            .fold(text.as_str(), |text, word| text.rsplit(word).next().unwrap_or(text))
            .chars()
            .collect();
        let mut label = behind.as_slice();
        for word in ["其中", "分别为", "分别是", "分布在", "依次为", "的是", "以及", "而", "如", "及", "在"]
        {
            let word: Vec<char> = word.chars().collect();
            label = label.strip_prefix(word.as_slice()).unwrap_or(label);
        }
        if label.len() > NAME_MAX || label.len() < 2 {
            return;
        }
        if let Some(length) = name_length(label)
            && length == label.len()
        {
            self.add(&label.iter().collect::<String>());
        }
    }

    /// 沿河街道100%, 艺术学院65.8%: a name with a longer end, the whole label of a figure.
    fn take_long(&mut self, chunk: &[char]) {
        if !chunk.last().is_some_and(|c| LONG_SUFFIXES.iter().any(|end| end.ends_with(*c))) {
            return;
        }
        let label: String = chunk.iter().rev().take_while(|c| !"为是中的".contains(**c)).collect();
        let label: String = label.chars().rev().collect();
        let length = label.chars().count();
        let ends = LONG_SUFFIXES.iter().any(|end| label.ends_with(end) && length > end.chars().count());
        let plain = label.chars().all(is_cjk) && !label.contains(['各', '全', '等', '和', '个', '所', '共']);
        if ends && plain && length <= LONG_MAX {
            self.add(&label);
        }
    }

    fn add(&mut self, name: &str) {
        let chars: Vec<char> = name.chars().collect();
        if self.names.len() >= REGIONS_MAX || chars.len() < 2 || self.names.iter().any(|known| known == name)
        {
            return;
        }
        let id = self.names.len() as RegionId;
        self.names.push(name.to_owned());
        self.index(chars.clone(), id);
        let stem = &chars[..chars.len() - 1];
        if stem.len() >= 2 && !name.ends_with("新区") && SUFFIXES.contains(chars[chars.len() - 1]) {
            self.index(stem.to_vec(), id);
        }
    }

    fn index(&mut self, chars: Vec<char>, id: RegionId) {
        let entry = self.by_first.entry(chars[0]).or_default();
        entry.push((chars, id));
        entry.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }
}

/// Length of the region's name at the start of `chars`, if there is one: up to the first suffix, repeated suffixes included (广州市).
pub(crate) fn name_length(chars: &[char]) -> Option<usize> {
    let first = chars.iter().take(NAME_MAX).skip(1).position(|c| SUFFIXES.contains(*c))? + 1;
    let mut length = first + 1;
    while length < chars.len().min(NAME_MAX) && SUFFIXES.contains(chars[length]) {
        length += 1;
    }
    let name = &chars[..length];
    let text: String = name.iter().collect();
    // 三市 counts cities, 九江市 and 三明市 are cities.
    let counted = "一二两三四五六七八九十几百".contains(name[0])
        && (length < 3
            || name[1] == '个'
            || "十百".contains(name[1])
            || name[1..].iter().all(|c| SUFFIXES.contains(*c)));
    let all = name[0] == '全' && (length != 3 || SUFFIXES.contains(name[1]));
    let plain = name.iter().all(|c| is_cjk(*c)) && !"各该本我每某几".contains(name[0]) && !counted && !all;
    let listed =
        NOT_REGIONS.iter().any(|word| text == *word || (word.chars().count() > 2 && text.ends_with(word)));
    let place = PLACES.iter().any(|word| text.ends_with(word));
    (plain
        && !listed
        && !place
        && !text.contains("住宅")
        && !text.contains("宿舍")
        && !text.contains('率')
        && !holds_whole(name))
    .then_some(length)
}

/// 确保全市, 涉及全县: words before the whole, not a name.
fn holds_whole(name: &[char]) -> bool {
    name.windows(2).skip(1).any(|pair| pair[0] == '全' && SUFFIXES.contains(pair[1]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::source::{lines, paragraphs};

    #[test]
    fn regions_come_from_lists() {
        let text = "其中，广州市12所、恩施州8所、城关区7所、住宅小区9个。抚州市、赣江新区和高台县进度慢。市直属学校3所，老旧小区5个。";
        let regions = Regions::collect(&paragraphs(&lines(text)), &[]);
        let names: Vec<&str> = (0..regions.len()).map(|id| regions.name(id as RegionId)).collect();
        assert_eq!(names, ["广州市", "恩施州", "城关区", "抚州市", "赣江新区"]);
        assert_eq!(regions.exactly("抚州"), Some(3));
        assert_eq!(regions.exactly("抚州市的"), None);
    }
}
