//! Everything read from a text, in one place for the rules, with the few questions that several rules ask.

use super::annexes::{self, Annexes};
use super::dates::{self, Dates};
use super::figure::{Figure, Role};
use super::lexicon::Lexicon;
use super::list::{self, List};
use super::names::{self, NameList};
use super::phrase::members;
use super::read::{Counters, Place, Reader, first_sentence, places};
use super::regions::{RegionId, Regions, name_length};
use super::report::{Finding, Severity};
use super::rule::Rule;
use super::scan::{Scan, scan};
use super::source::{Mark, Paragraph};
use super::tables::{self, Table};
use super::{LintError, MAX_FIGURES, Options};

/// Counts by category looked at; a notice has some dozens.
const CATEGORY_COUNTS_MAX: usize = 400;

/// Longest sentence read as a declaration, in characters.
const DECLARATION_MAX: usize = 300;
/// Words of which every declaration has one; few sentences have any.
const DECLARING: [&str; 7] = ["没有", "无应", "不纳入", "不统计", "不列", "未规定", "以“—”"];
/// Words for units of any category.
const GENERIC: [&str; 6] = ["单位", "接入单位", "已接入单位", "各单位", "学校", "机构"];

/// What the rules look at.
pub(crate) struct Model<'a> {
    /// Paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// Where each stands.
    pub places: Vec<Place>,
    /// Numbers and dates of each.
    pub scans: Vec<Scan>,
    /// All figures in order.
    pub figures: Vec<Figure>,
    /// All lists of figures.
    pub lists: Vec<List>,
    /// Tables.
    pub tables: Vec<Table>,
    /// All lists of names.
    pub names: Vec<NameList>,
    /// Dates.
    pub dates: Dates,
    /// Annexes.
    pub annexes: Annexes,
    /// Words.
    pub lexicon: Lexicon,
    /// Regions.
    pub regions: Regions,
    /// What the caller knows.
    pub options: &'a Options,
    /// Regions of the longest list by region.
    pub all_regions: Vec<RegionId>,
    /// Plain counts of the whole with a measure and one category: not the contrary, not what should be.
    pub category_counts: Vec<usize>,
    /// Sentences that declare something: they are looked for once, because rules ask for every name they meet.
    declarations: Vec<String>,
}

impl<'a> Model<'a> {
    /// Reads a text.
    pub(crate) fn read(paragraphs: Vec<Paragraph>, options: &'a Options) -> Result<Self, LintError> {
        let mut lexicon = Lexicon::new();
        for paragraph in &paragraphs {
            lexicon.learn(&paragraph.chars);
        }
        let known = options.facts.as_ref().map_or(&[][..], |facts| &facts.regions);
        let regions = Regions::collect(&paragraphs, known);
        let places = places(&paragraphs);
        let scans: Vec<Scan> = paragraphs.iter().map(|p| scan(&p.chars, p.body)).collect();
        if scans.iter().map(|scan| scan.numbers.len()).sum::<usize>() > MAX_FIGURES {
            return Err(LintError::TooLong { limit: MAX_FIGURES, what: "figures" });
        }
        let reader = Reader { lexicon: &lexicon, regions: &regions };
        let (mut figures, mut lists, mut names, mut counters) =
            (Vec::new(), Vec::new(), Vec::new(), Counters::default());
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let from = figures.len();
            figures.extend(reader.figures(index, paragraph, places[index], &scans[index], &mut counters));
            list::find(&reader, paragraph, &mut figures, from, &mut lists);
            names.extend(names::find(paragraph, &figures[from..], from, &regions));
        }
        let tables = tables::find(&reader, &paragraphs, &mut figures, &mut lists);
        list::find_rows(&mut figures, &mut lists);
        let dates = dates::read(&paragraphs, &scans, &places);
        let annexes = annexes::read(&paragraphs, &figures);
        let longest = lists.iter().filter(|list| list.regional()).max_by_key(|list| list.items.len());
        let all_regions =
            longest.map_or_else(Vec::new, |list| list.items.iter().filter_map(|item| item.region).collect());
        let declarations = declarations(&paragraphs);
        let mut model = Self {
            paragraphs,
            places,
            scans,
            figures,
            lists,
            tables,
            names,
            dates,
            annexes,
            lexicon,
            regions,
            options,
            all_regions,
            category_counts: Vec::new(),
            declarations,
        };
        model.category_counts = model.find_category_counts();
        Ok(model)
    }

    /// True where a figure states a fact rather than a demand, and stands in the body.
    pub(crate) fn fact(&self, figure: &Figure) -> bool {
        let place = self.places[figure.paragraph];
        !place.demand && !place.back
    }

    /// Plain figures of the whole that are not entries of lists.
    pub(crate) fn plain(&self) -> impl Iterator<Item = (usize, &Figure)> {
        self.figures
            .iter()
            .enumerate()
            .filter(|(_, f)| f.role == Role::Plain && f.list.is_none() && f.region.is_none() && self.fact(f))
    }

    /// Facts lists only.
    pub(crate) fn fact_lists(&self) -> impl Iterator<Item = &List> {
        self.lists
            .iter()
            .filter(|list| list.items.first().is_some_and(|item| self.fact(&self.figures[item.figure])))
    }

    fn find_category_counts(&self) -> Vec<usize> {
        let wanted = |f: &Figure| {
            f.count().is_some()
                && !f.measure.is_empty()
                && !f.subject.is_empty()
                && !f.phrase.negated
                && !f.phrase.due
                && !f.phrase.fresh
                && !GENERIC.contains(&f.subject.as_str())
        };
        self.plain()
            .filter(|(_, f)| wanted(f) && members(&f.subject).len() == 1)
            .map(|(index, _)| index)
            .take(CATEGORY_COUNTS_MAX)
            .collect()
    }

    /// The rate of the whole that stands with a count.
    pub(crate) fn rate_with(&self, count: usize) -> Option<usize> {
        let figure = &self.figures[count];
        let next = self.figures.get(count + 1)?;
        let fits = next.segment == figure.segment
            && next.role == Role::Plain
            && next.phrase.is_rate
            && next.percent().is_some()
            && next.region == figure.region;
        (fits && (next.measure == figure.measure || next.phrase.rate.is_none())).then_some(count + 1)
    }

    /// Measure as words.
    pub(crate) fn measure_name(&self, measure: &[u16]) -> String {
        measure.iter().map(|id| self.lexicon.stem(*id)).collect::<Vec<_>>().join("")
    }

    /// Text of the sentence a figure stands in, up to the figure.
    pub(crate) fn sentence_before(&self, figure: &Figure) -> String {
        let paragraph = &self.paragraphs[figure.paragraph];
        paragraph.text(paragraph.sentence_start(figure.number.start), figure.number.start)
    }

    /// True where two figures may be compared although they stand under different headings: one of them speaks of everything.
    pub(crate) fn same_topic(&self, one: &Figure, other: &Figure) -> bool {
        one.section == other.section || self.general(one) || self.general(other)
    }

    fn general(&self, figure: &Figure) -> bool {
        let place = self.places[figure.paragraph];
        let heading =
            (0..=figure.paragraph).rev().find(|index| self.paragraphs[*index].mark == Mark::Chapter);
        let heading = heading
            .filter(|index| self.places[*index].chapter == place.chapter)
            .map(|index| first_sentence(&self.paragraphs[index]));
        place.chapter == 0
            || heading.is_none_or(|text| {
                ["问题", "总体", "基本", "概况", "不足", "形势"].iter().any(|word| text.contains(word))
            })
    }

    /// True where a sentence that names `name` says one of `words` too: a note that declares what a rule would ask about. Each of the
    /// words holds one of [`DECLARING`].
    pub(crate) fn declared(&self, name: &str, words: &[&str]) -> bool {
        debug_assert!(words.iter().all(|word| DECLARING.iter().any(|one| word.contains(one))));
        let mut naming = self.declarations.iter().filter(|sentence| sentence.contains(name));
        naming.any(|sentence| words.iter().any(|word| sentence.contains(word)))
    }

    /// True where the text itself counts units with the second measure outside the first: 尚未接入的单位有值班值守.
    pub(crate) fn counted_outside(&self, has: &[u16], lacks: &[u16]) -> bool {
        let outside: Vec<String> = has
            .iter()
            .flat_map(|id| {
                [format!("未{}", self.lexicon.stem(*id)), format!("尚未{}", self.lexicon.stem(*id))]
            })
            .collect();
        let words: Vec<&str> = outside.iter().map(String::as_str).collect();
        lacks.iter().any(|id| {
            let sentences = self
                .figures
                .iter()
                .filter(|f| f.plain_count().is_some() && f.post.contains(self.lexicon.stem(*id)));
            let mut sentences = sentences.filter(|f| words.iter().any(|word| f.post.contains(word)));
            sentences.next().is_some()
        })
    }

    /// Regions that the addressees name, with their line.
    pub(crate) fn addressees(&self) -> Vec<(String, usize, u32)> {
        let mut found = Vec::new();
        for (index, paragraph) in self.paragraphs.iter().enumerate().take(6) {
            if paragraph.chars.last() != Some(&'：')
                || paragraph.mark != Mark::None
                || paragraph.chars.len() > 200
            {
                continue;
            }
            // 榕城区、海曲区、高新区教育局：the office stands once, behind the last name.
            let listed = paragraph.chars.iter().any(|c| "局委办府".contains(*c));
            let mut start = 0;
            for at in 0..paragraph.chars.len() {
                if "，、：；".contains(paragraph.chars[at]) {
                    let chunk = &paragraph.chars[start..at];
                    if let Some(length) = name_length(chunk)
                        && (length < chunk.len() || listed)
                        && (2..=8).contains(&length)
                    {
                        found.push((chunk[..length].iter().collect(), index, paragraph.line(start)));
                    }
                    start = at + 1;
                }
                if paragraph.chars[at] == '：' {
                    break;
                }
            }
            break;
        }
        found
    }

    /// A finding at a figure.
    pub(crate) fn finding(
        &self,
        rule: Rule,
        severity: Severity,
        code: &'static str,
        at: usize,
        others: &[usize],
    ) -> Finding {
        let figure = &self.figures[at];
        let mut figures = vec![figure.printed()];
        figures.extend(others.iter().map(|index| self.figures[*index].printed()));
        let mut related: Vec<u32> = others
            .iter()
            .map(|index| self.figures[*index].line)
            .filter(|line| *line != figure.line)
            .collect();
        let paragraph = &self.paragraphs[figure.paragraph];
        let sentence = paragraph.line(paragraph.sentence_start(figure.number.start));
        if sentence != figure.line {
            related.push(sentence);
        }
        related.sort_unstable();
        related.dedup();
        Finding {
            rule,
            line: figure.line,
            paragraph: u32::try_from(figure.paragraph + 1).unwrap_or(u32::MAX),
            severity,
            code,
            figures,
            arithmetic: String::new(),
            message: String::new(),
            message_en: String::new(),
            suggestion: String::new(),
            related_lines: related,
        }
    }

    /// A finding at a place without a figure.
    pub(crate) fn finding_at(
        rule: Rule,
        severity: Severity,
        code: &'static str,
        paragraph: usize,
        line: u32,
    ) -> Finding {
        Finding {
            rule,
            line,
            paragraph: u32::try_from(paragraph + 1).unwrap_or(u32::MAX),
            severity,
            code,
            figures: Vec::new(),
            arithmetic: String::new(),
            message: String::new(),
            message_en: String::new(),
            suggestion: String::new(),
            related_lines: Vec::new(),
        }
    }
}

impl Finding {
    /// With its words: arithmetic, Chinese, English, suggestion.
    pub(crate) fn says(
        mut self,
        arithmetic: impl Into<String>,
        zh: impl Into<String>,
        en: impl Into<String>,
        suggestion: impl Into<String>,
    ) -> Self {
        self.arithmetic = arithmetic.into();
        self.message = zh.into();
        self.message_en = en.into();
        self.suggestion = suggestion.into();
        self
    }
}

fn declarations(paragraphs: &[Paragraph]) -> Vec<String> {
    let sentences = paragraphs.iter().flat_map(|p| p.chars.split(|c| "。；".contains(*c)));
    let short = sentences.filter(|sentence| sentence.len() <= DECLARATION_MAX);
    let texts = short.map(|sentence| sentence.iter().collect::<String>());
    texts.filter(|text| DECLARING.iter().any(|word| text.contains(word))).collect()
}
