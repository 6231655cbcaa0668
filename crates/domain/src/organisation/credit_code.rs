//! The unified social credit code (统一社会信用代码) of a legal person: 18 characters with a check character (GB 32100—2015, 4.2 and
//! annex A). A code that passes may still belong to nobody; only the registry of the market regulator knows.

/// Characters of the code, in the order of their values 0 to 30. I, O, S, V and Z are left out.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Characters with the check character.
pub const CREDIT_CODE_LEN: usize = 18;

/// What was typed, in capitals and without blanks, where it is a code whose check character is right.
pub fn parse(typed: &str) -> Option<String> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let values: Vec<usize> =
        code.bytes().map(|c| ALPHABET.iter().position(|known| *known == c)).collect::<Option<_>>()?;
    let (check, body) = values.split_last()?;
    (values.len() == CREDIT_CODE_LEN && check_value(body) == *check).then_some(code)
}

/// The code of 17 characters with its check character: for invented organisations of a demonstration.
pub fn complete(body: &str) -> Option<String> {
    let values: Vec<usize> =
        body.bytes().map(|c| ALPHABET.iter().position(|known| *known == c)).collect::<Option<_>>()?;
    (values.len() == CREDIT_CODE_LEN - 1)
        .then(|| format!("{body}{}", char::from(ALPHABET[check_value(&values)])))
}

/// Weights are the powers of 3 modulo 31; the sum of all 18 is a multiple of 31.
fn check_value(body: &[usize]) -> usize {
    let weighted = body.iter().fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31)).0;
    (31 - weighted % 31) % 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_is_that_of_the_standard() {
        // The codes of widely known companies, as printed on their own pages.
        for code in ["91440300708461136T", "914403001922038216", "91330100799655058B"] {
            assert_eq!(parse(code).as_deref(), Some(code));
            assert_eq!(complete(&code[..17]).as_deref(), Some(code));
        }
    }

    #[test]
    fn blanks_and_small_letters_are_forgiven_a_wrong_character_is_not() {
        assert_eq!(parse(" 91440300 70846 1136t ").as_deref(), Some("91440300708461136T"));
        for wrong in [
            "",
            "9144030070846113",
            "91440300708461136S",
            "91440300708461137T",
            "91440300708461136TT",
            "企业",
        ] {
            assert_eq!(parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn every_single_slip_is_noticed() {
        let code = "91440300708461136T";
        for index in 0..CREDIT_CODE_LEN {
            for other in ALPHABET {
                let mut slipped = code.as_bytes().to_vec();
                if slipped[index] != *other {
                    slipped[index] = *other;
                    assert_eq!(parse(std::str::from_utf8(&slipped).unwrap()), None);
                }
            }
        }
    }
}
