//! Prose to figures: cuts paragraphs into sentences and clauses and finds for every number the words that belong to it.
//!
//! What a figure does not say itself it takes over from its neighbours: the region from the figure before it in the same row, the
//! category from its sentence or paragraph, the measure of a bare 比例 from the count before it.

use super::figure::{Figure, Role, role};
use super::lexicon::Lexicon;
use super::phrase::{PHRASE_MAX, Phrase};
use super::regions::Regions;
use super::scan::{Kind, Scan};
use super::source::{Mark, Paragraph};

/// Longest words kept behind a number, in characters.
const POST_MAX: usize = 40;

/// Longest name before a comma that belongs to the number behind it: 西纳州，96.1%.
const NAME_BEFORE_COMMA_MAX: usize = 8;

/// How many figures back a figure looks for what it does not say itself.
const LOOK_BACK: usize = 64;

/// What kind of part of the text a paragraph stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Chapter and section, counted through the text.
    pub section: usize,
    /// Chapter, counted through the text.
    pub chapter: usize,
    /// Under a heading of demands: what is asked for is no fact.
    pub demand: bool,
    /// In the list of annexes, the signature or behind it.
    pub back: bool,
}

/// Finds out where each paragraph stands.
pub(crate) fn places(paragraphs: &[Paragraph]) -> Vec<Place> {
    let mut place = Place { section: 0, chapter: 0, demand: false, back: false };
    let mut chapter_demands = false;
    let chapters = paragraphs.iter().any(|p| p.mark == Mark::Chapter);
    paragraphs
        .iter()
        .map(|paragraph| {
            let head = first_sentence(paragraph);
            match paragraph.mark {
                Mark::Chapter => {
                    place.section += 1;
                    place.chapter += 1;
                    chapter_demands = is_demand(&head);
                    place.demand = chapter_demands;
                }
                Mark::Section => {
                    place.section += 1;
                    if !chapters {
                        place.chapter += 1;
                    }
                    place.demand = chapter_demands || is_demand(&head);
                }
                Mark::Annex => place.back = true,
                _ => {}
            }
            place
        })
        .collect()
}

fn is_demand(heading: &str) -> bool {
    const DEMANDS: [&str; 14] = [
        "要求",
        "下一步",
        "下步",
        "工作安排",
        "工作建议",
        "工作打算",
        "整改措施",
        "工作措施",
        "意见建议",
        "下阶段",
        "下一阶段",
        "有关事项",
        "工作任务",
        "整改意见",
    ];
    let short = heading.chars().count() <= 24;
    short
        && DEMANDS.iter().any(|word| heading.contains(word))
        && !heading.contains("情况")
        && !heading.contains("问题")
}

/// Text behind the mark up to the first full stop.
pub(crate) fn first_sentence(paragraph: &Paragraph) -> String {
    paragraph.chars[paragraph.body.min(paragraph.chars.len())..]
        .iter()
        .take(60)
        .take_while(|c| !"。；".contains(**c))
        .collect()
}

/// Running numbers of sentences and segments.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    sentence: usize,
    segment: usize,
}

/// What the figures of a paragraph are read with.
pub(crate) struct Reader<'a> {
    /// Words.
    pub lexicon: &'a Lexicon,
    /// Regions.
    pub regions: &'a Regions,
}

impl Reader<'_> {
    /// The figures of one paragraph.
    pub(crate) fn figures(
        &self,
        index: usize,
        paragraph: &Paragraph,
        place: Place,
        scan: &Scan,
        counters: &mut Counters,
    ) -> Vec<Figure> {
        let mut figures: Vec<Figure> = Vec::new();
        let (mut at, mut sentence_start) = (paragraph.body, paragraph.body);
        counters.sentence += 1;
        counters.segment += 1;
        for (position, number) in scan.numbers.iter().enumerate() {
            for offset in at..number.start {
                match paragraph.chars[offset] {
                    '。' | '！' | '？' => {
                        counters.sentence += 1;
                        counters.segment += 1;
                        sentence_start = offset + 1;
                    }
                    '；' => counters.segment += 1,
                    _ => {}
                }
            }
            at = number.start;
            let floor = position.checked_sub(1).map_or(paragraph.body, |before| scan.numbers[before].end);
            let ceiling = scan.numbers.get(position + 1).map_or(paragraph.chars.len(), |next| next.start);
            let mut words = words_around(&paragraph.chars, (floor, number.start), (number.end, ceiling));
            let label_is_date = dates_within(scan, (words.label_start, words.label_end))
                .any(|date| date.end + 2 >= words.label_end);
            let role = role(number, &words.label, &words.post, label_is_date);
            words.clean = without_dates(&paragraph.chars, (words.label_start, words.label_end), scan);
            let line = paragraph.line(number.start);
            let phrase = self.phrase(&words, number.kind);
            let mut figure = Figure {
                paragraph: index,
                line,
                sentence: counters.sentence,
                segment: counters.segment,
                section: place.section,
                number: number.clone(),
                label: words.label,
                post: words.post,
                bracketed: words.bracketed,
                role,
                region: phrase.regions.last().copied(),
                own_region: !phrase.regions.is_empty(),
                measure: Vec::new(),
                subject: phrase.subject.clone(),
                list: None,
                phrase,
            };
            self.inherit(&mut figure, &figures, (paragraph, sentence_start));
            figures.push(figure);
        }
        figures
    }

    fn phrase(&self, words: &Words, kind: Kind) -> Phrase {
        let mut phrase = self.own_words(without_agent(&words.clean));
        if phrase.regions.is_empty() {
            phrase.regions.extend(self.regions.exactly(&words.intro));
        }
        if phrase.measure().is_empty() && !phrase.is_rate && !words.intro.is_empty() {
            let intro = Phrase::read(&words.intro, self.lexicon, self.regions);
            phrase.verbs = intro.verbs;
            phrase.weak = intro.weak;
            phrase.rate = intro.rate;
            phrase.is_rate = intro.is_rate;
            phrase.due |= intro.due;
            phrase.negated |= intro.negated;
        }
        if matches!(kind, Kind::Count { .. }) {
            let post = Phrase::read(&words.post, self.lexicon, self.regions);
            if phrase.subject.is_empty() || (words.clean.ends_with('的') && !post.noun.is_empty()) {
                phrase.subject.clone_from(&post.noun);
            }
            if phrase.measure().is_empty() {
                phrase.negated |= post.negated;
                phrase.verbs = post.verbs;
                phrase.weak = post.weak;
            }
            if phrase.subject.is_empty() && phrase.measure().is_empty() {
                phrase.subject = self.named_before(&words.before);
            }
        }
        phrase
    }

    /// 已接入平台的食堂中每日巡查的: what stands behind 中 is the figure's own, the category may stand before it.
    fn own_words(&self, label: &str) -> Phrase {
        let Some(at) = set_ends(label) else { return Phrase::read(label, self.lexicon, self.regions) };
        let mut own = Phrase::read(&label[at..], self.lexicon, self.regions);
        let set = Phrase::read(&label[..at], self.lexicon, self.regions);
        if own.subject.is_empty() {
            own.subject = set.subject;
        }
        if own.regions.is_empty() {
            own.regions = set.regions;
        }
        own
    }

    /// 占比最多的为校外培训机构，有: the category that the clause before ends with.
    fn named_before(&self, clause: &str) -> String {
        let Some((_, name)) = clause.rsplit_once(['为', '是']) else { return String::new() };
        let phrase = Phrase::read(name, self.lexicon, self.regions);
        if phrase.measure().is_empty() && phrase.regions.is_empty() { phrase.subject } else { String::new() }
    }

    /// Takes over what the figure does not say itself.
    fn inherit(
        &self,
        figure: &mut Figure,
        before: &[Figure],
        (paragraph, sentence_start): (&Paragraph, usize),
    ) {
        let own = match figure.phrase.rate {
            Some(rate) => vec![rate],
            None => figure.phrase.measure().to_vec(),
        };
        let row = before.last().filter(|last| last.sentence == figure.sentence);
        figure.measure = own;
        if figure.measure.is_empty() && figure.percent().is_some() {
            let counted =
                before.iter().rev().take(LOOK_BACK).find(|f| f.segment == figure.segment && f.is_count());
            figure.measure = counted.map_or_else(Vec::new, |count| count.measure.clone());
        }
        if figure.region.is_none() && !figure.phrase.whole {
            figure.region = match row {
                Some(last) if last.segment == figure.segment && !last.phrase.whole => last.region,
                _ => self.region_of_sentence(paragraph, sentence_start),
            };
        }
        if figure.subject.is_empty() {
            let mut recent = before.iter().rev().take(LOOK_BACK);
            let same = recent
                .find(|f| f.sentence == figure.sentence && !f.subject.is_empty() && f.role != Role::Names);
            figure.subject = same.or(before.first()).map_or_else(String::new, |f| f.subject.clone());
        }
    }

    /// The one region a sentence opens with (白水县…), or that opens its paragraph as a title (白水县：).
    fn region_of_sentence(&self, paragraph: &Paragraph, start: usize) -> Option<u16> {
        let opens = |from: usize, ends: &str| {
            let (length, id) = self.regions.at(paragraph.chars.get(from..)?)?;
            let next = paragraph.chars.get(from + length).copied().unwrap_or('。');
            (!"、和及与（".contains(next) && (ends.is_empty() || ends.contains(next))).then_some(id)
        };
        opens(start, "").or_else(|| opens(paragraph.body, "：。"))
    }
}

/// 教育局、住建局联合对全县93家: who looked is not what is counted.
fn without_agent(label: &str) -> &str {
    match label.rsplit_once('对') {
        Some((agent, rest))
            if !agent.ends_with(['针', '应', '校', '核', '绝', '相'])
                && (rest.is_empty() || rest.starts_with(['全', '辖', '在', '所', '各', '本', '该'])) =>
        {
            rest
        }
        _ => label,
    }
}

/// Where the words of a set end, 中 included: 已接入的食堂中|每日巡查的. Not 初中, 中小学, 其中.
fn set_ends(label: &str) -> Option<usize> {
    let at = label.rfind('中')?;
    let (before, behind) = (&label[..at], &label[at + '中'.len_utf8()..]);
    let word = before.ends_with(['初', '高', '其', '集', '居'])
        || behind.starts_with(['小', '学', '心', '等', '型', '央', '职']);
    (!word && !behind.is_empty() && before.contains('的')).then_some(at + '中'.len_utf8())
}

/// The words around one number.
#[derive(Debug, Default)]
struct Words {
    label: String,
    clean: String,
    intro: String,
    before: String,
    post: String,
    bracketed: bool,
    label_start: usize,
    label_end: usize,
}

fn words_around(chars: &[char], (floor, start): (usize, usize), (end, ceiling): (usize, usize)) -> Words {
    let mut words = Words::default();
    let floor = floor.max(start.saturating_sub(PHRASE_MAX));
    let mut from = clause_start(chars, floor, start);
    let mut to = start;
    words.bracketed = from > 0 && chars[from - 1] == '（';
    if words.bracketed && from == start {
        // A市（98.2%）: the label stands before the bracket.
        to = start - 1;
        from = clause_start(chars, floor.min(to), to);
    }
    if from == to && from > floor && chars[from - 1] == '，' {
        let name = clause_start(chars, floor, from - 1);
        // Words right behind the number before belong to that number: 3890户已加装，650户未加装.
        if name > floor
            && from - 1 - name <= NAME_BEFORE_COMMA_MAX
            && !chars[name..from].iter().any(char::is_ascii_digit)
        {
            (from, to) = (name, from - 1);
        }
    }
    while from < to && "、，；）和及与。".contains(chars[from]) {
        from += 1;
    }
    words.label = chars[from..to].iter().collect();
    (words.label_start, words.label_end) = (from, to);
    if from > 0 && chars[from - 1] == '：' {
        let intro = clause_start(chars, (from - 1).saturating_sub(PHRASE_MAX), from - 1);
        words.intro = chars[intro..from - 1].iter().collect();
    }
    if from > floor && chars[from - 1] == '，' {
        let before = clause_start(chars, floor, from - 1);
        words.before = chars[before..from - 1].iter().collect();
    }
    let behind = &chars[end..ceiling.min(end + POST_MAX)];
    words.post = behind.iter().take_while(|c| !"，。；：、（）！？".contains(**c)).collect();
    words
}

/// Where the clause that ends at `to` begins: behind the last separator, brackets without figures skipped.
fn clause_start(chars: &[char], floor: usize, to: usize) -> usize {
    let mut index = to;
    while index > floor {
        let c = chars[index - 1];
        if c == '）' {
            let open = chars[floor..index - 1].iter().rposition(|x| *x == '（').map(|offset| floor + offset);
            match open {
                Some(open) if !chars[open..index].iter().any(char::is_ascii_digit) => {
                    index = open;
                    continue;
                }
                _ => return index,
            }
        }
        if "，。；：！？（".contains(c) {
            return index;
        }
        index -= 1;
    }
    index
}

fn without_dates(chars: &[char], (start, end): (usize, usize), scan: &Scan) -> String {
    let mut text = String::new();
    let mut from = start;
    for date in dates_within(scan, (start, end)) {
        text.extend(&chars[from..date.start.max(from)]);
        from = date.end;
    }
    text.extend(&chars[from.min(end)..end]);
    text
}

fn dates_within(scan: &Scan, (start, end): (usize, usize)) -> impl Iterator<Item = &super::scan::Date> {
    let first = scan.dates.partition_point(|date| date.start < start);
    scan.dates[first..].iter().take_while(move |date| date.end <= end)
}
