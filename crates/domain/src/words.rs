//! Closed lists of words: for each value the word used in rows and JSON, the Chinese name and the English one.

/// Gives an enum `ALL`, `as_str`, `name_zh`, `name_en` and `parse`. The table in the call is the one place where the
/// words stand.
macro_rules! words {
    ($type:ty: $($variant:ident = $word:literal, $zh:literal, $en:literal;)+) => {
        impl $type {
            /// Every value in order.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The word used in rows and JSON.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Chinese name.
            pub fn name_zh(self) -> &'static str {
                match self { $(Self::$variant => $zh),+ }
            }

            /// English name.
            pub fn name_en(self) -> &'static str {
                match self { $(Self::$variant => $en),+ }
            }

            /// Reads the word back.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.as_str() == word)
            }
        }
    };
}

pub(crate) use words;
