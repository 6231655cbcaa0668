//! Lists: `<DeviceList Num="2"><Item>…`. One entry that cannot be read costs that entry.

use super::value::{Member, Value};
use super::xml::{Fields, Node, Writer};

/// Entries of a list, and how many were lost in reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List<T> {
    /// What could be read.
    pub items: Vec<T>,
    /// How many entries lacked something that is needed, or were cut off. Always 0 in what we write.
    pub dropped: u32,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new(), dropped: 0 }
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, dropped: 0 }
    }
}

/// What may stand in a list.
pub(crate) trait Entry: Value {
    /// The element around one entry.
    const NAME: &'static str = "Item";
}

impl<T: Entry> Member for List<T> {
    fn read_from(fields: &mut Fields<'_>, names: &[&str]) -> Option<Self> {
        Some(fields.find(names).map(read_entries).unwrap_or_default())
    }

    /// An empty list is not written: an empty catalog is a `SumNum` of 0 without a list (A.2.6.4).
    fn write_into(&self, name: &str, out: &mut Writer) {
        if self.items.is_empty() {
            return;
        }
        out.open_list(name, self.items.len());
        for item in &self.items {
            Value::write(item, T::NAME, out);
        }
        out.close(name);
    }
}

fn read_entries<T: Entry>(list: Node<'_>) -> List<T> {
    let mut found = List::default();
    for node in list.children().filter(|child| child.is(T::NAME)) {
        match T::read(node).filter(|_| !node.is_cut()) {
            Some(item) => found.items.push(item),
            None => found.dropped += 1,
        }
    }
    found
}
