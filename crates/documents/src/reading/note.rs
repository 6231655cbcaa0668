//! What the reader mended or left out, so that a person knows what was not looked at.

use std::fmt;

/// A note on how a document was read. [`fmt::Display`] is English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadNote {
    /// The file ends inside a character, which was dropped.
    CutCharacter,
    /// Radicals of U+2E80–U+2FD5 that look like ordinary characters were read as those.
    Radicals {
        /// How many.
        count: usize,
    },
    /// Pictures whose content is not read.
    Pictures {
        /// How many.
        count: usize,
    },
    /// Parts in another format embedded in the document are not read.
    Embedded,
    /// Symbols of fonts that do not say which characters they are.
    UnreadSymbols {
        /// How many.
        count: usize,
    },
    /// Automatic numbers in a format that is not known were left out.
    UnknownNumbering {
        /// The format's name in the file.
        format: String,
    },
    /// A table of contents was left out.
    Contents,
    /// Tracked deletions were left out, tracked insertions taken.
    Revisions,
    /// The paragraphs of a PDF are put together from the places of its characters.
    FromPlaces,
    /// Slanted or turned text, such as a watermark, was left out.
    TurnedText {
        /// Characters.
        count: usize,
    },
    /// Page numbers were left out.
    PageNumbers {
        /// Lines.
        count: usize,
    },
    /// Lines that stand in the margin of most pages were left out.
    RunningHeads {
        /// Lines.
        count: usize,
    },
    /// Numbers of a spreadsheet are those stored: 50% is 0.5.
    StoredNumbers,
}

impl ReadNote {
    /// The same for people, in Chinese.
    pub fn message_zh(&self) -> String {
        match self {
            Self::CutCharacter => "文件末尾的字符不完整，已略去；文件可能被截断".to_owned(),
            Self::Radicals { count } => format!("{count} 个部首字符已按同形汉字读取"),
            Self::Pictures { count } => format!("有 {count} 幅图片，图中文字未读取"),
            Self::Embedded => "嵌入的其他格式内容未读取".to_owned(),
            Self::UnreadSymbols { count } => format!("{count} 个符号无法还原为文字，以“□”代替"),
            Self::UnknownNumbering { format } => format!("自动编号格式“{format}”不支持，编号未读取"),
            Self::Contents => "目录未读取".to_owned(),
            Self::Revisions => "文档含修订：按接受全部修订读取".to_owned(),
            Self::FromPlaces => "PDF 的段落按文字位置还原，换行与表格可能与原文不同".to_owned(),
            Self::TurnedText { count } => format!("旋转或倾斜的文字（如水印）{count} 字未读取"),
            Self::PageNumbers { count } => format!("页码 {count} 处未读取"),
            Self::RunningHeads { count } => format!("页眉页脚 {count} 处未读取"),
            Self::StoredNumbers => "表格数值按存储值读取（50% 存为 0.5）".to_owned(),
        }
    }
}

impl fmt::Display for ReadNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutCharacter => {
                write!(f, "the file ends inside a character, which was dropped; it may be cut off")
            }
            Self::Radicals { count } => write!(f, "{count} radicals read as the characters they look like"),
            Self::Pictures { count } => write!(f, "{count} pictures, whose content was not read"),
            Self::Embedded => write!(f, "embedded parts in another format were not read"),
            Self::UnreadSymbols { count } => {
                write!(f, "{count} symbols have no way back to text and stand as □")
            }
            Self::UnknownNumbering { format } => {
                write!(f, "automatic numbers in the format {format:?} were left out")
            }
            Self::Contents => write!(f, "the table of contents was left out"),
            Self::Revisions => write!(f, "tracked changes: read as if all were accepted"),
            Self::FromPlaces => {
                write!(
                    f,
                    "paragraphs put together from places on the page; line breaks and tables may differ"
                )
            }
            Self::TurnedText { count } => {
                write!(f, "{count} characters of turned text (a watermark?) left out")
            }
            Self::PageNumbers { count } => write!(f, "{count} page numbers left out"),
            Self::RunningHeads { count } => write!(f, "{count} running heads left out"),
            Self::StoredNumbers => write!(f, "numbers are those stored: 50% is 0.5"),
        }
    }
}
