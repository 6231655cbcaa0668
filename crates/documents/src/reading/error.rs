//! Why a document is not read: for the log in English, for people in Chinese.

use thiserror::Error;

use super::{DOCUMENT_BYTES_MAX, DOCUMENT_TEXT_BYTES_MAX};

/// Why a document is not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// More bytes than [`DOCUMENT_BYTES_MAX`].
    #[error("the file has {bytes} bytes, at most {DOCUMENT_BYTES_MAX} are read")]
    FileTooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Known, but not a format that is read.
    #[error("this is {name_en}, which is not read: save it as DOCX, PDF or plain text")]
    OtherFormat {
        /// What it is.
        name_en: &'static str,
        /// What it is, in Chinese.
        name_zh: &'static str,
    },
    /// Opens only with a password.
    #[error("the document is encrypted: save it without a password")]
    Encrypted,
    /// A document that carries programs.
    #[error("the document contains macros: save it as .docx")]
    Macros,
    /// Bytes that are no text in any encoding read here.
    #[error(
        "not text in UTF-8, UTF-16 or GB18030: byte {offset} (line {line}) fits none; save the file as UTF-8"
    )]
    NotText {
        /// The first byte that does not fit.
        offset: usize,
        /// 1-based line it stands on.
        line: usize,
    },
    /// Two encodings in one file, or text that was decoded wrongly before it was saved.
    #[error("line {line} is in another encoding than the rest, or was decoded wrongly before: {what}")]
    Garbled {
        /// 1-based line.
        line: usize,
        /// What points to it.
        what: &'static str,
    },
    /// A control character, as binary data has them.
    #[error("line {line} has the control character U+{code:04X}: this is not a text file")]
    ControlCharacter {
        /// 1-based line.
        line: usize,
        /// The character.
        code: u32,
    },
    /// Not well-formed.
    #[error("broken file: {part}: {what}")]
    Broken {
        /// Which part of the file.
        part: String,
        /// What is wrong with it.
        what: String,
    },
    /// A document type declaration or an entity, which no office program writes.
    #[error("{part} declares a document type or an entity, which is refused")]
    Entity {
        /// Which part of the file.
        part: String,
    },
    /// A limit of packed or nested content.
    #[error("the document is refused: {what}")]
    Limit {
        /// Which limit, with its value.
        what: String,
    },
    /// More text than [`DOCUMENT_TEXT_BYTES_MAX`].
    #[error("the document holds more than {DOCUMENT_TEXT_BYTES_MAX} bytes of text")]
    TextTooLong,
    /// JSON without the fields.
    #[error("the JSON has neither bulletin.text nor text")]
    NoTextField,
    /// Pages that are pictures.
    #[error("the PDF has pictures of pages and no text (a scan): use the original document")]
    Scanned,
    /// Fonts that do not say which characters their glyphs are.
    #[error("{unread} of {glyphs} characters of the PDF have no way back to text: use the original document")]
    NoCharacters {
        /// Glyphs without a character.
        unread: usize,
        /// All glyphs.
        glyphs: usize,
    },
    /// Reading took longer than allowed.
    #[error("reading the document took more than {seconds} s")]
    TooSlow {
        /// The limit.
        seconds: u64,
    },
    /// No text at all.
    #[error("the document has no text")]
    Empty,
}

impl ReadError {
    /// The same for people, in Chinese.
    pub fn message_zh(&self) -> String {
        let megabytes = |bytes: usize| bytes / (1024 * 1024);
        match self {
            Self::FileTooLarge { bytes } => {
                format!("文件过大（{} MB），最大 {} MB", megabytes(*bytes), megabytes(DOCUMENT_BYTES_MAX))
            }
            Self::OtherFormat { name_zh, .. } => {
                format!("这是{name_zh}，无法读取；请另存为 DOCX、PDF 或纯文本")
            }
            Self::Encrypted => "文档已加密，请取消密码后另存".to_owned(),
            Self::Macros => "文档含有宏，请另存为不含宏的 .docx".to_owned(),
            Self::NotText { offset, line } => format!(
                "不是 UTF-8、UTF-16 或 GB18030 编码的文本：第 {line} 行第 {offset} 字节无法识别，请另存为 UTF-8"
            ),
            Self::Garbled { line, .. } => {
                format!("第 {line} 行与其余部分编码不同，或此前已被误解码（乱码），请用原始文件")
            }
            Self::ControlCharacter { line, code } => {
                format!("第 {line} 行含控制字符 U+{code:04X}，不是文本文件")
            }
            Self::Broken { part, what } => format!("文件已损坏：{part}：{what}"),
            Self::Entity { part } => format!("{part} 含有文档类型声明或实体，拒绝读取"),
            Self::Limit { what } => format!("文档超出限制，拒绝读取：{what}"),
            Self::TextTooLong => {
                format!("文档文字超过 {} MB", megabytes(DOCUMENT_TEXT_BYTES_MAX))
            }
            Self::NoTextField => "JSON 中没有 bulletin.text 或 text 字段".to_owned(),
            Self::Scanned => "PDF 只有页面图像、没有文字（扫描件），请用原始文档".to_owned(),
            Self::NoCharacters { unread, glyphs } => {
                format!("PDF 的 {glyphs} 个字形中有 {unread} 个无法还原为文字，请用原始文档")
            }
            Self::TooSlow { seconds } => format!("读取文档超过 {seconds} 秒"),
            Self::Empty => "文档没有文字".to_owned(),
        }
    }

    /// True where the file is too big rather than wrong.
    pub fn is_limit(&self) -> bool {
        matches!(
            self,
            Self::FileTooLarge { .. } | Self::Limit { .. } | Self::TextTooLong | Self::TooSlow { .. }
        )
    }
}
