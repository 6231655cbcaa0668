//! What a few words around a number say: which region, which measure, which category, and whether the contrary is meant.
//!
//! A bag of words, not a grammar: verbs name the measure, words without meaning are dropped, and what remains names the category.
//! The same words give the same phrase wherever they stand, and that is all the rules need.

use super::lexicon::{Class, Lexicon};
use super::regions::{RegionId, Regions};

/// Longest stretch of text looked at, in characters; the end of it counts, for labels stand before their number.
pub(crate) const PHRASE_MAX: usize = 120;

/// What a stretch of text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a word that stands or does not stand")]
pub(crate) struct Phrase {
    /// Regions named, in order.
    pub regions: Vec<RegionId>,
    /// 全省, 全市.
    pub whole: bool,
    /// Measures named by verbs, sorted.
    pub verbs: Vec<u16>,
    /// Measures named by general verbs, sorted.
    pub weak: Vec<u16>,
    /// The measure a rate is of, where X率 stands.
    pub rate: Option<u16>,
    /// A rate word stands here: X率, 比例.
    pub is_rate: bool,
    /// 未, 没有.
    pub negated: bool,
    /// 应, 需.
    pub due: bool,
    /// 新增, 本月.
    pub fresh: bool,
    /// A 的 stood behind the verb.
    behind_de: bool,
    /// The category: the noun before the verb, or behind its 的, or else its object.
    pub subject: String,
    /// The noun before the verb alone.
    pub noun: String,
}

impl Phrase {
    /// Reads the last [`PHRASE_MAX`] characters of a text.
    pub(crate) fn read(text: &str, lexicon: &Lexicon, regions: &Regions) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let chars = &chars[chars.len().saturating_sub(PHRASE_MAX)..];
        let mut phrase = Self::default();
        let mut index = 0;
        let mut words = [String::new(), String::new(), String::new()];
        while index < chars.len() {
            let rest = &chars[index..];
            let word = &mut words[phrase.place()];
            if let Some((length, id)) = regions.at(rest) {
                phrase.regions.push(id);
                index += length;
                continue;
            }
            if let Some((length, class)) = lexicon.at(rest) {
                phrase.take(class, &rest[..length], word);
                index += length;
            } else {
                phrase.take_plain(rest, lexicon, word);
                index += 1;
            }
        }
        phrase.verbs.sort_unstable();
        phrase.verbs.dedup();
        phrase.weak.sort_unstable();
        phrase.weak.dedup();
        let [noun, object, behind] = words.map(|word| trimmed(&word));
        phrase.subject =
            [&behind, &noun, &object].into_iter().find(|word| !word.is_empty()).cloned().unwrap_or_default();
        phrase.noun = noun;
        phrase
    }

    /// Which word a character belongs to: before the verb, behind it, or behind the 的 that follows it.
    fn place(&self) -> usize {
        if self.behind_de {
            2
        } else {
            usize::from(self.negated || !self.verbs.is_empty() || !self.weak.is_empty())
        }
    }

    /// The measure: verbs, or general verbs where there are no others.
    pub(crate) fn measure(&self) -> &[u16] {
        if self.verbs.is_empty() { &self.weak } else { &self.verbs }
    }

    fn take(&mut self, class: Class, text: &[char], word: &mut String) {
        match class {
            Class::Verb(id) => {
                self.verbs.push(id);
                self.due |= text[0] == '应' && text != ['应', '答'];
                self.negated |= text[0] == '未';
            }
            Class::Weak(id) => self.weak.push(id),
            Class::Rate(id) => {
                self.rate = Some(id);
                self.is_rate = true;
            }
            Class::AnyRate => self.is_rate = true,
            Class::Noun => word.extend(text),
            Class::Noise => self.behind_de |= text == ['的'] && !self.measure().is_empty(),
            Class::Not => self.negated = true,
            Class::Due => self.due = true,
            Class::Fresh => self.fresh = true,
            Class::Whole => self.whole = true,
        }
    }

    fn take_plain(&mut self, rest: &[char], lexicon: &Lexicon, word: &mut String) {
        let next_is_verb = || {
            let after = rest.get(1..).unwrap_or_default();
            let digits = after.iter().take_while(|c| c.is_ascii_digit()).count();
            after[digits..].starts_with(&['小', '时'])
                || matches!(lexicon.at(after), Some((_, Class::Verb(_) | Class::Weak(_) | Class::Rate(_))))
        };
        if "不无".contains(rest[0]) && next_is_verb() {
            self.negated = true;
        } else if !rest[0].is_ascii_digit() && !"，：；。“”\"% ".contains(rest[0]) {
            word.push(rest[0]);
        }
    }
}

/// Without the leftovers of grammar at both ends.
fn trimmed(subject: &str) -> String {
    let mut text = subject.replace("小时", "").replace("（）", "");
    text = text.trim_start_matches(|c: char| "、（）之其与和及等".contains(c)).to_owned();
    while let Some(last) = text.chars().last() {
        let school = text.ends_with("高中") || text.ends_with("初中");
        if school || !"、（）等中里内之其与和及含上".contains(last) {
            break;
        }
        text.pop();
    }
    text
}

/// Names that a list printed in a subject consists of: 高校、中职学校和幼儿园 → three names.
pub(crate) fn members(subject: &str) -> Vec<String> {
    let mut members: Vec<String> = subject.split('、').map(str::to_owned).collect();
    if let Some(last) = members.pop() {
        match last.rsplit_once('和').or_else(|| last.rsplit_once('及')).or_else(|| last.rsplit_once('与'))
        {
            Some((one, other)) if one.chars().count() > 1 && other.chars().count() > 1 => {
                members.push(one.trim_end_matches('以').to_owned());
                members.push(other.to_owned());
            }
            _ => members.push(last),
        }
    }
    members.retain(|name| !name.is_empty());
    members
}

/// True where one name of a category is the other with a word more or less: 公办高职 and 公办高职院校, 中小学 and 寄宿制中小学校.
pub(crate) fn drifted(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short != long && short.chars().count() >= 2 && long.contains(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Phrase {
        let mut lexicon = Lexicon::new();
        lexicon.learn(&"接入率，近视率，未安装率".chars().collect::<Vec<_>>());
        Phrase::read(text, &lexicon, &Regions::default())
    }

    #[test]
    fn the_same_words_mean_the_same() {
        let lexicon = Lexicon::new();
        let stems = |phrase: &Phrase| {
            phrase.measure().iter().map(|id| lexicon.stem(*id).to_owned()).collect::<Vec<_>>()
        };
        let phrase = read("全省平台共接入高校、中等职业学校和专修学院共");
        assert!(phrase.whole && phrase.verbs.len() == 1 && !phrase.negated);
        assert_eq!(members(&phrase.subject), ["高校", "中等职业学校", "专修学院"]);
        let phrase = read("全省高校有24小时值班值守的共");
        assert_eq!((phrase.subject.as_str(), stems(&phrase)), ("高校", vec!["值守".to_owned()]));
        let phrase = read("没有落实值班值守");
        assert!(phrase.negated && stems(&phrase) == ["值守"]);
        assert!(read("不合格的").negated && !read("民办非学历高等教育机构").negated);
        assert!(read("应安装").due && read("接入率为").is_rate);
        assert_eq!(read("校外培训机构接入").subject, "校外培训机构");
        assert!(drifted("中小学", "寄宿制中小学校") && !drifted("高校", "高校") && !drifted("初中", "小学"));
    }
}
