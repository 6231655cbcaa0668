//! Numbers written the ways that lists number by (ISO/IEC 29500-1 §17.18.59), as far as notices use them.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Numbers above are written in decimal digits, whatever the format: no list of a notice goes there.
const WRITTEN_MAX: u32 = 9_999;

/// A number in a format, or none where the format is not known.
pub fn numeral(number: u32, format: &str) -> Option<String> {
    let known = match format {
        "decimal" | "decimalHalfWidth" | "numberInDash" => number.to_string(),
        "none" => String::new(),
        _ if number > WRITTEN_MAX => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => {
            number.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) - 0x30 + 0xff10)).collect()
        }
        "chineseCounting" if number > 99 => digit_by_digit(number),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => counted(number),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => digit_by_digit(number),
        "chineseLegalSimplified" => counted(number).chars().map(legal).collect(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, '①', 20),
        "decimalEnclosedParen" => enclosed(number, '⑴', 20),
        "decimalEnclosedFullstop" => enclosed(number, '⒈', 20),
        "ideographEnclosedCircle" => enclosed(number, '㊀', 10),
        "ideographTraditional" => {
            "甲乙丙丁戊己庚辛壬癸".chars().nth(number.checked_sub(1)? as usize)?.to_string()
        }
        "ideographZodiac" => {
            "子丑寅卯辰巳午未申酉戌亥".chars().nth(number.checked_sub(1)? as usize)?.to_string()
        }
        "upperLetter" => letters(number, 'A')?,
        "lowerLetter" => letters(number, 'a')?,
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => return None,
    };
    Some(known)
}

fn digit_by_digit(number: u32) -> String {
    number.to_string().chars().filter_map(|c| c.to_digit(10)).map(|digit| DIGITS[digit as usize]).collect()
}

/// 一百零五, and 十二 without 一 in front.
fn counted(number: u32) -> String {
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
        }
        gap = false;
        if !(unit == 10 && digit == 1 && text.is_empty()) {
            text.push(DIGITS[digit as usize]);
        }
        text.push_str(name);
    }
    if text.is_empty() { DIGITS[0].to_string() } else { text }
}

fn legal(character: char) -> char {
    const PAIRS: [(char, char); 14] = [
        ('〇', '零'),
        ('一', '壹'),
        ('二', '贰'),
        ('三', '叁'),
        ('四', '肆'),
        ('五', '伍'),
        ('六', '陆'),
        ('七', '柒'),
        ('八', '捌'),
        ('九', '玖'),
        ('十', '拾'),
        ('百', '佰'),
        ('千', '仟'),
        ('零', '零'),
    ];
    PAIRS.iter().find(|(plain, _)| *plain == character).map_or(character, |(_, legal)| *legal)
}

/// One of a row of characters, or decimal digits behind its end.
fn enclosed(number: u32, first: char, count: u32) -> String {
    let inside =
        (1..=count).contains(&number).then(|| char::from_u32(u32::from(first) + number - 1)).flatten();
    inside.map_or_else(|| number.to_string(), String::from)
}

/// A to Z, then AA to ZZ, each letter doubled.
fn letters(number: u32, first: char) -> Option<String> {
    let index = number.checked_sub(1)?;
    let letter = char::from_u32(u32::from(first) + index % 26)?;
    Some(std::iter::repeat_n(letter, index as usize / 26 + 1).collect())
}

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let cases = [
            (1, "decimal", "1"),
            (3, "chineseCountingThousand", "三"),
            (10, "chineseCounting", "十"),
            (11, "japaneseCounting", "十一"),
            (21, "chineseCounting", "二十一"),
            (105, "chineseCountingThousand", "一百零五"),
            (110, "chineseCountingThousand", "一百一十"),
            (10, "ideographDigital", "一〇"),
            (12, "chineseLegalSimplified", "拾贰"),
            (3, "decimalEnclosedCircle", "③"),
            (21, "decimalEnclosedCircle", "21"),
            (7, "decimalFullWidth", "７"),
            (27, "lowerLetter", "aa"),
            (14, "upperRoman", "XIV"),
        ];
        for (number, format, text) in cases {
            assert_eq!(numeral(number, format).as_deref(), Some(text), "{number} {format}");
        }
        assert_eq!(numeral(1, "hebrew1"), None);
    }
}
