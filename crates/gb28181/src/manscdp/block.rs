//! Two declarations that keep reading and writing of a message in one place: a block of fields, and a list of codes.

/// Declares a struct whose fields are elements, read and written by one table: `field: Type = "Element"`, with other
/// spellings that are read after a bar. Fields are written in the order of the table, which is the standard's.
macro_rules! block {
    ($(#[$meta:meta])* pub struct $Name:ident {
        $($(#[$field_meta:meta])* $field:ident : $type:ty = $name:literal $(| $alias:literal)*,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $Name {
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl $crate::manscdp::block::Part for $Name {
            fn read_fields(node: $crate::manscdp::xml::Node<'_>) -> Option<Self> {
                #[allow(unused_mut, unused_variables, reason = "a block may have no field")]
                let mut fields = node.fields();
                Some(Self {
                    $($field: $crate::manscdp::value::Member::read_from(&mut fields, &[$name $(, $alias)*])?,)*
                })
            }

            #[allow(unused_variables, reason = "a block may have no field")]
            fn write_fields(&self, out: &mut $crate::manscdp::xml::Writer) {
                $($crate::manscdp::value::Member::write_into(&self.$field, $name, out);)*
            }
        }

        $crate::manscdp::block::value_of_part!($Name);
    };
}

/// A part is also a value: an element around its fields.
macro_rules! value_of_part {
    ($Name:ty) => {
        impl $crate::manscdp::value::Value for $Name {
            fn read(node: $crate::manscdp::xml::Node<'_>) -> Option<Self> {
                $crate::manscdp::block::Part::read_fields(node)
            }

            fn write(&self, name: &str, out: &mut $crate::manscdp::xml::Writer) {
                out.begin(name);
                $crate::manscdp::block::Part::write_fields(self, out);
                out.close(name);
            }
        }
    };
}

/// Declares an enum of codes that a field may hold. What is not in the table is kept raw, and numbers are the same with and without leading
/// zeros.
macro_rules! codes {
    ($(#[$meta:meta])* pub enum $Name:ident { $($(#[$code_meta:meta])* $Code:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $Name {
            $($(#[$code_meta])* $Code,)*
            /// A value that the standard does not know, as it came.
            Raw(Box<str>),
        }

        impl $Name {
            /// Every code of the table.
            pub const ALL: &'static [Self] = &[$(Self::$Code),*];

            /// Reads a code; an unknown one is kept.
            pub fn from_text(text: &str) -> Self {
                let text = text.trim();
                $(if $crate::manscdp::block::is_code(text, $text) {
                    return Self::$Code;
                })*
                Self::Raw(text.into())
            }

            /// The code as it is written.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$Code => $text,)*
                    Self::Raw(text) => text,
                }
            }
        }

        impl $crate::manscdp::value::Value for $Name {
            fn read(node: $crate::manscdp::xml::Node<'_>) -> Option<Self> {
                Some(node.text()).filter(|text| !text.is_empty()).map(Self::from_text)
            }

            fn write(&self, name: &str, out: &mut $crate::manscdp::xml::Writer) {
                out.leaf(name, self.as_str());
            }
        }
    };
}

pub(crate) use {block, codes, value_of_part};

use super::xml::{Node, Writer};

/// Something that fills an element with fields: the content of a message, or of an element inside one.
pub(crate) trait Part: Sized {
    /// Reads the fields below an element; `None` when a needed one is absent.
    fn read_fields(node: Node<'_>) -> Option<Self>;
    /// Writes the fields.
    fn write_fields(&self, out: &mut Writer);
}

/// Whether a text is a code: letter case and leading zeros of numbers aside.
pub(crate) fn is_code(text: &str, code: &str) -> bool {
    if text.eq_ignore_ascii_case(code) {
        return true;
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number(text) && is_number(code) && text.trim_start_matches('0') == code.trim_start_matches('0')
}
