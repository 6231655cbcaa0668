//! One spelling for every text read: line feeds only, no control characters, no radicals in place of characters.
//!
//! Programs that print to PDF choose among characters with the same glyph and often take the radical (⾼ U+2FBC for 高); the text then
//! looks right and no search finds it.

use super::{ReadError, ReadNote};

/// The characters that U+2F00 to U+2FD5 look like, in that order.
const KANGXI: &str = concat!(
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐",
    "彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立",
    "竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面",
    "革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠",
);

/// Radicals of the supplement that are glyphs of whole characters.
const SUPPLEMENT: [(char, char); 26] = [
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// Cleans a text or says why it is none. Every line of the result ends with a line feed.
pub fn clean(text: &str, notes: &mut Vec<ReadNote>) -> Result<String, ReadError> {
    let mut cleaned = String::with_capacity(text.len() + 1);
    let (mut line, mut radicals) = (1, 0);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let kept = match character {
            '\r' if characters.peek() == Some(&'\n') => continue,
            '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                line += 1;
                '\n'
            }
            '\t' => '\t',
            // Marks without width part words that belong together.
            '\u{feff}' | '\u{200b}' | '\u{ad}' => continue,
            '\u{fffd}' => return Err(ReadError::Garbled { line, what: "replacement characters" }),
            '\u{2e80}'..='\u{2fd5}' => {
                let whole = whole_character(character);
                radicals += usize::from(whole != character);
                whole
            }
            _ if character.is_control() || is_no_character(character) => {
                return Err(ReadError::ControlCharacter { line, code: character.into() });
            }
            _ => character,
        };
        cleaned.push(kept);
    }
    if !cleaned.is_empty() && !cleaned.ends_with('\n') {
        cleaned.push('\n');
    }
    if radicals > 0 {
        notes.push(ReadNote::Radicals { count: radicals });
    }
    Ok(cleaned)
}

fn whole_character(radical: char) -> char {
    let code = u32::from(radical);
    if code >= 0x2f00 {
        return KANGXI.chars().nth((code - 0x2f00) as usize).unwrap_or(radical);
    }
    SUPPLEMENT.iter().find(|(from, _)| *from == radical).map_or(radical, |(_, to)| *to)
}

/// Code points that Unicode promises never to give to a character.
fn is_no_character(character: char) -> bool {
    let code = u32::from(character);
    code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code)
}
