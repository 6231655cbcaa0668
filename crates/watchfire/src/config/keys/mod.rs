//! The table of configuration keys, from which the example file and the reference page are printed (`printed`).

mod channels;
mod desk;
mod documents;

/// One key.
pub struct Key {
    /// Section of the file.
    pub section: &'static str,
    /// Name within it.
    pub name: &'static str,
    /// Default as written in TOML.
    pub default: &'static str,
    /// Unit or kind of value.
    pub unit: &'static str,
    /// What it does and what changing it causes.
    pub meaning: &'static str,
}

const fn key(
    section: &'static str,
    name: &'static str,
    default: &'static str,
    unit: &'static str,
    meaning: &'static str,
) -> Key {
    Key { section, name, default, unit, meaning }
}

/// Every key in the order of the file.
pub fn keys() -> impl Iterator<Item = &'static Key> {
    [desk::KEYS, channels::KEYS, documents::KEYS].into_iter().flatten()
}
