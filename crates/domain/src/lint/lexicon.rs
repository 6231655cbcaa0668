//! The words of one text: those known before it is read, and every measure it names as a rate.
//!
//! The list of verbs is open: every "X率" of a text makes X a measure of that text ([`Lexicon::learn`]).

use std::collections::HashMap;

use super::words::{NOISE, NOUNS, VERBS, WEAK_VERBS};

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
