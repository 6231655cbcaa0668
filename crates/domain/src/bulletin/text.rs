//! The written bulletin: paragraphs in reading order, the parts a layout tells apart, and the figures printed in them.

use serde::{Deserialize, Serialize};

use super::figure::PrintedFigure;

/// A written bulletin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bulletin {
    /// Title.
    pub title: String,
    /// Every paragraph, the title first.
    pub paragraphs: Vec<Paragraph>,
    /// The paragraphs with a line break (`\n`) after each.
    pub text: String,
    /// Every printed number in the order of the text.
    pub figures: Vec<PrintedFigure>,
}

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its part in the layout.
    pub kind: ParagraphKind,
    /// Its text.
    pub text: String,
}

/// The parts a layout tells apart, in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphKind {
    /// 标题
    Title,
    /// 主送机关
    Addressees,
    /// A heading 一、
    Heading,
    /// A heading （一）
    Subheading,
    /// Text; in section 二 its first sentence is a heading （一）…。
    Body,
    /// 附件说明: one line an annex; the first begins with 附件：.
    AnnexList,
    /// 署名
    Signed,
    /// 成文日期; absent while there is none (a printer may then take the date of the head).
    Dated,
    /// 抄送, at the foot of the last page.
    CopiesTo,
    /// 数据说明, outside the official text: the first is these words alone, then numbered points.
    Note,
}

/// A stretch of text in bytes of UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub offset: usize,
    /// Bytes.
    pub len: usize,
}
