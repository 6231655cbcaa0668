//! Fields: how one element becomes a value and back.
//!
//! A field that cannot be read counts as absent, because a device that writes nonsense into a longitude still has a camera
//! to show. Which fields a message cannot do without is said by its type: a field that is no `Option` and no `Vec` is needed.

use super::time::LocalTime;
use super::xml::{Element, Fields, Node, Writer};
use crate::id::{CatalogId, GbId};

/// Something that one element holds.
pub(crate) trait Value: Sized {
    /// Reads it; `None` when it makes no sense.
    fn read(node: Node<'_>) -> Option<Self>;
    /// Writes it as an element of that name.
    fn write(&self, name: &str, out: &mut Writer);
}

/// Something that stands among the children of an element: a needed value, one that may be absent, or any number.
pub(crate) trait Member: Sized {
    /// Reads it; `None` when it is needed and absent. The first name is the one that is written.
    fn read_from(fields: &mut Fields<'_>, names: &[&str]) -> Option<Self>;
    /// Writes it, where it is present.
    fn write_into(&self, name: &str, out: &mut Writer);
}

impl<T: Value> Member for T {
    fn read_from(fields: &mut Fields<'_>, names: &[&str]) -> Option<Self> {
        T::read(fields.find(names)?)
    }

    fn write_into(&self, name: &str, out: &mut Writer) {
        Value::write(self, name, out);
    }
}

impl<T: Value> Member for Option<T> {
    fn read_from(fields: &mut Fields<'_>, names: &[&str]) -> Option<Self> {
        Some(fields.find(names).and_then(T::read))
    }

    fn write_into(&self, name: &str, out: &mut Writer) {
        if let Some(value) = self {
            value.write(name, out);
        }
    }
}

impl<T: Value> Member for Vec<T> {
    fn read_from(fields: &mut Fields<'_>, names: &[&str]) -> Option<Self> {
        Some(fields.all(names).filter_map(T::read).collect())
    }

    fn write_into(&self, name: &str, out: &mut Writer) {
        for value in self {
            value.write(name, out);
        }
    }
}

impl<T: Value> Value for Box<T> {
    fn read(node: Node<'_>) -> Option<Self> {
        T::read(node).map(Self::new)
    }

    fn write(&self, name: &str, out: &mut Writer) {
        Value::write(self.as_ref(), name, out);
    }
}

impl Value for String {
    fn read(node: Node<'_>) -> Option<Self> {
        Some(node.text()).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn write(&self, name: &str, out: &mut Writer) {
        out.leaf(name, self);
    }
}

impl Value for f64 {
    fn read(node: Node<'_>) -> Option<Self> {
        node.text().parse().ok().filter(|number: &Self| number.is_finite())
    }

    fn write(&self, name: &str, out: &mut Writer) {
        out.leaf(name, &self.to_string());
    }
}

impl Value for Element {
    fn read(node: Node<'_>) -> Option<Self> {
        Some(Self::keep(node))
    }

    fn write(&self, _: &str, out: &mut Writer) {
        self.write(out);
    }
}

/// Values that are their text.
macro_rules! text_values {
    ($($type:ty, $parse:expr;)*) => {$(
        impl Value for $type {
            fn read(node: Node<'_>) -> Option<Self> {
                let parse: fn(&str) -> Option<Self> = $parse;
                parse(node.text())
            }

            fn write(&self, name: &str, out: &mut Writer) {
                out.leaf(name, &self.to_string());
            }
        }
    )*};
}

text_values! {
    u8, |text| text.parse().ok();
    u16, |text| text.parse().ok();
    u32, |text| text.parse().ok();
    u64, |text| text.parse().ok();
    i32, |text| text.parse().ok();
    GbId, |text| GbId::parse(text).ok();
    CatalogId, |text| CatalogId::parse(text).ok();
}

impl Value for LocalTime {
    fn read(node: Node<'_>) -> Option<Self> {
        Self::parse(node.text())
    }

    fn write(&self, name: &str, out: &mut Writer) {
        let has_fraction = self.unix_us.rem_euclid(1_000_000) >= 1_000;
        let text = if has_fraction { self.with_millis() } else { self.to_string() };
        out.leaf(name, &text);
    }
}
