//! Letter faces: which file on this machine stands for 仿宋, 小标宋, 黑体, 楷体 and 宋体.
//!
//! The faces that the standard and the offices use are not free, so none is shipped. They are looked for by name in the configured
//! folders and in the system's; where one is missing a free face stands in, and one line in the log says which (the layout of lines
//! and characters does not depend on it: all Chinese faces are square). Files are read on first use and kept: at most one face a role.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fontdb::{Database, FaceInfo, Source};
use thiserror::Error;
use tracing::warn;
use typst::foundations::Bytes;
use typst::text::Font;

/// The largest font file that is read; Noto collections have 27 MB.
pub const FONT_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What a face is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaceRole {
    /// Text: 仿宋_GB2312.
    Text,
    /// Titles and the red head: 方正小标宋.
    Title,
    /// Headings 一、 and annex marks: 黑体.
    Heading,
    /// Headings （一）: 楷体_GB2312.
    Subheading,
    /// Page numbers: 宋体.
    PageNumber,
    /// Latin letters and digits: Times New Roman.
    Latin,
}

impl FaceRole {
    const ALL: [Self; 6] =
        [Self::Text, Self::Title, Self::Heading, Self::Subheading, Self::PageNumber, Self::Latin];

    /// The name by which offices know the face.
    pub fn official_name(self) -> &'static str {
        match self {
            Self::Text => "仿宋_GB2312",
            Self::Title => "方正小标宋",
            Self::Heading => "黑体",
            Self::Subheading => "楷体_GB2312",
            Self::PageNumber => "宋体",
            Self::Latin => "Times New Roman",
        }
    }

    /// Names under which the face itself, or one drawn for the same purpose by a type foundry, is installed.
    fn official(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "仿宋_GB2312",
                "FangSong_GB2312",
                "方正仿宋_GBK",
                "方正仿宋_GB2312",
                "FZFangSong-Z02",
                "仿宋",
                "FangSong",
                "华文仿宋",
                "STFangsong",
            ],
            Self::Title => &[
                "方正小标宋_GBK",
                "方正小标宋简体",
                "FZXiaoBiaoSong-B05",
                "FZXiaoBiaoSong-B05S",
                "小标宋",
                "华文中宋",
                "STZhongsong",
            ],
            Self::Heading => &["黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "华文黑体", "STHeiti"],
            Self::Subheading => &[
                "楷体_GB2312",
                "KaiTi_GB2312",
                "方正楷体_GBK",
                "方正楷体_GB2312",
                "FZKai-Z03",
                "楷体",
                "KaiTi",
                "华文楷体",
                "STKaiti",
            ],
            Self::PageNumber => &["宋体", "SimSun", "NSimSun", "华文宋体", "STSong", "Songti SC"],
            Self::Latin => &["Times New Roman"],
        }
    }

    /// Free faces that stand in, best first.
    fn free(self) -> Vec<&'static str> {
        const SONG: [&str; 9] = [
            "Noto Serif CJK SC",
            "Source Han Serif SC",
            "Source Han Serif CN",
            "Noto Serif SC",
            "思源宋体",
            "FandolSong",
            "AR PL UMing CN",
            "AR PL SungtiL GB",
            "SimSun",
        ];
        const HEI: [&str; 9] = [
            "Noto Sans CJK SC",
            "Source Han Sans SC",
            "Source Han Sans CN",
            "Noto Sans SC",
            "思源黑体",
            "FandolHei",
            "WenQuanYi Zen Hei",
            "WenQuanYi Micro Hei",
            "Droid Sans Fallback",
        ];
        let own: &[&str] = match self {
            Self::Text => &["FandolFang", "Zhuque Fangsong (technical preview)", "朱雀仿宋（预览测试版）"],
            Self::Subheading => &["FandolKai", "AR PL UKai CN", "AR PL KaitiM GB", "LXGW WenKai", "霞鹜文楷"],
            Self::Latin => {
                return vec!["Liberation Serif", "Tinos", "Nimbus Roman", "TeX Gyre Termes", "DejaVu Serif"];
            }
            Self::Heading => return HEI.into_iter().chain(SONG).collect(),
            Self::Title | Self::PageNumber => &[],
        };
        own.iter().copied().chain(SONG).chain(HEI).collect()
    }

    /// The weight to look for among free faces; official ones come in one weight.
    fn free_weight(self) -> u16 {
        match self {
            Self::Title => 700,
            Self::Heading => 500,
            _ => 400,
        }
    }
}

/// No Chinese face on this machine, or a font file that cannot be read.
#[derive(Debug, Error)]
pub enum FontError {
    /// Nothing to print Chinese with.
    #[error(
        "no Chinese font found: install the package fonts-noto-cjk, or put font files into a folder named in the configuration"
    )]
    NoChineseFont,
    /// A font file is damaged, too large or has vanished.
    #[error("cannot read the font {}: {what}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
}

impl FontError {
    /// The same for Chinese readers.
    pub fn message_zh(&self) -> String {
        match self {
            Self::NoChineseFont => {
                "没有找到中文字体：请安装软件包 fonts-noto-cjk，或把字体文件放入配置的字体文件夹".to_owned()
            }
            Self::Unreadable { path, what } => format!("无法读取字体文件 {}：{what}", path.display()),
        }
    }
}

/// The faces found, one a role.
#[derive(Debug)]
pub struct Fonts {
    faces: BTreeMap<FaceRole, Face>,
    notices: Vec<String>,
    loaded: OnceLock<Vec<Font>>,
}

/// One face in one file.
#[derive(Debug, Clone)]
struct Face {
    path: PathBuf,
    index: u32,
    weight: u16,
    family: String,
}

impl Fonts {
    /// Looks for faces in folders and, after them, in the system's. Logs one notice for every official face that is missing.
    pub fn find(folders: &[PathBuf]) -> Result<Self, FontError> {
        let mut database = Database::new();
        for folder in folders {
            database.load_fonts_dir(folder);
        }
        database.load_system_fonts();
        let found = Self::among(&database)?;
        for notice in &found.notices {
            warn!("{notice}");
        }
        Ok(found)
    }

    /// Looks for faces in folders only and logs nothing.
    pub fn find_only_in(folders: &[PathBuf]) -> Result<Self, FontError> {
        let mut database = Database::new();
        for folder in folders {
            database.load_fonts_dir(folder);
        }
        Self::among(&database)
    }

    fn among(database: &Database) -> Result<Self, FontError> {
        let (mut faces, mut notices) = (BTreeMap::new(), Vec::new());
        for role in FaceRole::ALL {
            let name = role.official_name();
            if let Some(face) = role.official().iter().find_map(|family| choose(database, family, 400)) {
                faces.insert(role, face);
            } else if let Some(face) =
                role.free().iter().find_map(|family| choose(database, family, role.free_weight()))
            {
                notices.push(format!(
                    "letter face {name} is not installed, using {} (weight {})",
                    face.family, face.weight
                ));
                faces.insert(role, face);
            } else if role != FaceRole::Latin {
                return Err(FontError::NoChineseFont);
            }
        }
        Ok(Self { faces, notices, loaded: OnceLock::new() })
    }

    /// One sentence for every official face that another stands in for.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Family, as the typesetter knows it, and weight of the face that stands for a role; none only for Latin letters.
    pub(crate) fn family(&self, role: FaceRole) -> Result<Option<(String, u16)>, FontError> {
        let loaded = self.loaded()?;
        let mut with_role = self.faces.iter().zip(loaded);
        Ok(with_role
            .find(|((of, _), _)| **of == role)
            .map(|((_, face), font)| (font.info().family.clone(), face.weight)))
    }

    /// The font file of the face that stands for a role, and which face of the file it is.
    pub fn face_file(&self, role: FaceRole) -> Result<(&[u8], u32), FontError> {
        let loaded = self.loaded()?;
        let found = self.faces.keys().zip(loaded).find(|(of, _)| **of == role);
        found.map(|(_, font)| (font.data().as_slice(), font.index())).ok_or(FontError::NoChineseFont)
    }

    /// The faces, read on the first call.
    pub(crate) fn loaded(&self) -> Result<&[Font], FontError> {
        if let Some(fonts) = self.loaded.get() {
            return Ok(fonts);
        }
        let mut files: BTreeMap<&Path, Bytes> = BTreeMap::new();
        let mut fonts = Vec::new();
        for face in self.faces.values() {
            let data = match files.get(face.path.as_path()) {
                Some(data) => data.clone(),
                None => read(&face.path)?,
            };
            files.insert(&face.path, data.clone());
            let broken = || FontError::Unreadable {
                path: face.path.clone(),
                what: format!("no face {} in it", face.index),
            };
            fonts.push(Font::new(data, face.index).ok_or_else(broken)?);
        }
        Ok(self.loaded.get_or_init(|| fonts))
    }
}

fn read(path: &Path) -> Result<Bytes, FontError> {
    let unreadable = |what: String| FontError::Unreadable { path: path.to_owned(), what };
    let bytes = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if bytes > FONT_BYTES_MAX {
        return Err(unreadable(format!("{bytes} bytes, more than {FONT_BYTES_MAX}")));
    }
    Ok(Bytes::new(std::fs::read(path).map_err(|error| unreadable(error.to_string()))?))
}

/// The upright face of a family whose weight is nearest.
fn choose(database: &Database, family: &str, weight: u16) -> Option<Face> {
    let named = |face: &&FaceInfo| {
        face.style == fontdb::Style::Normal
            && face.families.iter().any(|(name, _)| name.eq_ignore_ascii_case(family))
    };
    let face = database.faces().filter(named).min_by_key(|face| face.weight.0.abs_diff(weight))?;
    let path = match &face.source {
        Source::File(path) | Source::SharedFile(path, _) => path.clone(),
        Source::Binary(_) => return None,
    };
    // The English name is the one by which the typesetter knows the family.
    let english = face.families.first().map_or(family, |(name, _)| name);
    Some(Face { path, index: face.index, weight: face.weight.0, family: english.to_owned() })
}
