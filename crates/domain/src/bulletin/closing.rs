//! Section 三 in the office's own words, the list of annexes, signature, date and copies.

use super::ParagraphKind;
use super::draft::Draft;
use super::facts::Facts;
use crate::beijing;

pub fn write(draft: &mut Draft, facts: &Facts<'_>) {
    let settings = facts.settings;
    if !settings.demands.is_empty() {
        draft.whole(ParagraphKind::Heading, "三、工作要求");
        for demand in &settings.demands {
            draft.free(demand);
            draft.end(ParagraphKind::Body);
        }
    }
    let tables = facts.material.annexes.tables();
    for (index, annex) in tables.iter().enumerate() {
        let mark = if index == 0 { "附件：" } else { "" };
        // A single annex has no number in the list (GB/T 9704—2012, 7.3.4).
        let number = if tables.len() > 1 { format!("{}.", annex.number) } else { String::new() };
        draft.whole(ParagraphKind::AnnexList, &format!("{mark}{number}{}", annex.title));
    }
    draft.whole(ParagraphKind::Signed, &settings.issuer);
    if let Some(day) = facts.material.dated {
        draft.whole(ParagraphKind::Dated, &beijing::full_day(day));
    }
    if !settings.copies_to.is_empty() {
        draft.whole(ParagraphKind::CopiesTo, &format!("抄送：{}", settings.copies_to));
    }
}
