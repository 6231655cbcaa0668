//! Texts nobody would write: nothing panics, nothing takes long, nothing is guessed.

use std::time::{Duration, Instant};

use watchfire_domain::lint::{LintError, Options, lint};

const NOTICE: &str = include_str!("notice.txt");
/// Far above what any text may take, even in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

fn quick(text: &str) {
    let start = Instant::now();
    let _ = lint(text, &Options::default());
    assert!(start.elapsed() < PATIENCE, "{:?} for {} bytes", start.elapsed(), text.len());
}

/// A small generator with a printed seed.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

#[test]
fn what_is_no_notice_is_refused_with_a_reason() {
    assert_eq!(lint("", &Options::default()).unwrap_err(), LintError::Empty);
    assert_eq!(lint(" \r\n\u{3000}\n", &Options::default()).unwrap_err(), LintError::Empty);
    for text in [
        "Call me Ishmael. Some years ago - never mind how long precisely - having little or no money in my purse.",
        "那年冬天，他独自走过长长的街道，雪落在肩上，谁也没有说话。远处的灯一盏一盏熄灭了。",
        "各地各单位要高度重视，现将有关情况通报如下，请认真落实工作要求。",
        "%PDF-1.4 \u{fffd}\u{fffd}\u{fffd}",
    ] {
        let error = lint(text, &Options::default()).unwrap_err();
        assert!(matches!(error, LintError::NotANotice { .. }), "{text}: {error}");
    }
    let long = "截至目前，全省通报情况共接入12家。".repeat(80_000);
    assert!(matches!(lint(&long, &Options::default()).unwrap_err(), LintError::TooLong { .. }));
}

#[test]
fn a_megabyte_of_digits_or_brackets_is_quick() {
    let head = "各市教育局：现将全省情况通报如下：截至9月2日，接入12家。\n";
    for piece in [
        "1",
        "1%",
        "12家、",
        "A市12%、",
        "（",
        "《",
        "1月至",
        "接入率",
        "某率",
        "，",
        "。",
        "附件1—60",
        "甲市、",
        "由",
        "1\n",
        "一、\n",
        "全省接入12家，",
    ] {
        let text = head.to_owned() + &piece.repeat(1_000_000 / piece.len());
        quick(&text);
    }
}

/// The rules ask the text about every region and list they meet; a text of many notices must not make that a square.
#[test]
fn forty_notices_in_one_text_are_quick() {
    quick(&format!("{NOTICE}\n").repeat(40));
}

#[test]
fn cuts_of_the_notice_and_noise_in_it_do_not_break_the_reader() {
    let seed = 0x5eed_1234_5678_9abc;
    println!("seed {seed:#x}");
    let mut random = Seeded(seed);
    let chars: Vec<char> = NOTICE.chars().collect();
    for _ in 0..150 {
        let start = random.below(chars.len());
        let length = random.below(chars.len() - start);
        let mut cut: Vec<char> = chars[start..start + length].to_vec();
        for _ in 0..random.below(30) {
            let at = random.below(cut.len() + 1);
            let noise = [
                '%',
                '9',
                '、',
                '。',
                '（',
                '）',
                '：',
                '\n',
                '其',
                '中',
                '市',
                '万',
                '率',
                '占',
                '\u{feff}',
                '\u{10ffff}',
            ];
            cut.insert(at, noise[random.below(noise.len())]);
        }
        quick(&cut.into_iter().collect::<String>());
    }
    for _ in 0..50 {
        let bytes: Vec<u8> = (0..random.below(4_000)).map(|_| random.next() as u8).collect();
        quick(&String::from_utf8_lossy(&bytes));
    }
}
