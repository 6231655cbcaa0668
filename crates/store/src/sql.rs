//! One statement for both engines: text written by us, values bound.
//!
//! The text can only be built from literals of this program (`&'static str`), so nothing a person typed can become SQL. Both engines
//! take `$1, $2 …`. What is not here: a query language; statements stay readable SQL in the common dialect.

use domain::access::{Access, Scope};
use domain::ids::OrganisationId;
use jiff::Timestamp;
use uuid::Uuid;

/// A bound value; `None` is null of that type, because PostgreSQL wants to know which.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Real(Option<f64>),
    Flag(Option<bool>),
    Bytes(Option<Vec<u8>>),
}

/// A statement under construction.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    /// Starts with fixed text; its `$1 …` are given by [`Sql::with`] in order.
    pub(crate) fn new(text: &'static str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Gives the value of the next placeholder already in the text.
    #[must_use]
    pub(crate) fn with(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Adds text.
    pub(crate) fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a placeholder and its value.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.place(self.values.len())
    }

    /// Adds a placeholder for a value bound before, by its number.
    pub(crate) fn place(&mut self, number: usize) -> &mut Self {
        self.text.push('$');
        self.text.push_str(&number.to_string());
        self
    }

    /// Adds text and a bound value where there is one to filter by.
    pub(crate) fn filter(&mut self, text: &'static str, value: Option<impl Into<Value>>) -> &mut Self {
        if let Some(value) = value {
            self.push(text).bind(value);
        }
        self
    }

    /// Adds `($1, $2, …)`.
    pub(crate) fn list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        self.push("(");
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
        self.push(")")
    }

    /// Narrows to the asker's scope.
    ///
    /// Somebody without a scope who is not the platform sees nothing.
    pub(crate) fn narrow(&mut self, access: &Access, rows: Narrow) -> &mut Self {
        let (region, region_end, unit, served) = match rows {
            Narrow::Current => {
                (WITHIN, " and t.descendant_id = u.region_id)", " and u.unit_id = ", " and u.unit_id in ")
            }
            Narrow::Frozen => {
                (WITHIN, " and t.descendant_id = s.region_id)", " and s.unit_id = ", " and s.unit_id in ")
            }
            Narrow::Counted => (AMONG, ")", " and u.unit_id = ", " and u.unit_id in "),
        };
        match access.scope {
            Some(Scope::Region(id)) => self.push(region).bind(id.0).push(region_end),
            Some(Scope::Unit(id)) => self.push(unit).bind(id.0),
            Some(Scope::Organisation(id)) => self.push(served).served_by(id),
            None if *access == Access::PLATFORM => self,
            None => self.push(" and 1 = 0"),
        }
    }
}

impl Sql {
    /// Adds the units that an organisation serves and the sites where its duty rooms stand, in brackets: a contract that does not run, and
    /// a room that is closed, open no door.
    pub(crate) fn served_by(&mut self, id: OrganisationId) -> &mut Self {
        self.push("(select unit_id from contract where state = 'running' and organisation_id = ").bind(id.0);
        let number = self.values.len();
        self.push(" union all select unit_id from duty_room where kind = 'organisation' and closed_at is null and organisation_id = ");
        self.place(number).push(")")
    }
}

const WITHIN: &str = " and exists (select 1 from region_tree t where t.ancestor_id = ";
const AMONG: &str = " and u.region_id in (select descendant_id from region_tree where ancestor_id = ";

/// Which rows [`Sql::narrow`] looks at, and how.
///
/// Lists ask of each row, in the order of the list, whether it lies in the scope, and stop when the page is full. Counts need all
/// rows of the scope and begin with its regions. SQLite follows the wording, so the two are worded differently.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Narrow {
    /// A list over `unit_now` under the alias `u`.
    Current,
    /// A list over `snapshot_unit` under the alias `s`.
    Frozen,
    /// A count over `unit_now` under the alias `u`.
    Counted,
}

/// Turns what a person typed into a pattern for `like … escape '!'` that finds it anywhere, ASCII case set aside.
pub(crate) fn contains_pattern(typed: &str) -> String {
    let mut pattern = String::from("%");
    for c in typed.trim().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c.to_ascii_lowercase());
    }
    pattern.push('%');
    pattern
}

macro_rules! values {
    ($($from:ty, $variant:ident, $value:ident => $convert:expr;)+) => {$(
        impl From<$from> for Value {
            fn from($value: $from) -> Self {
                Self::$variant(Some($convert))
            }
        }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self {
                Self::$variant(value.map(|$value| $convert))
            }
        }
    )+};
}

values! {
    String, Text, v => v;
    &str, Text, v => v.to_owned();
    &String, Text, v => v.clone();
    Uuid, Text, v => v.to_string();
    i64, Int, v => v;
    i32, Int, v => i64::from(v);
    u32, Int, v => i64::from(v);
    Timestamp, Int, v => v.as_microsecond();
    f64, Real, v => v;
    f32, Real, v => f64::from(v);
    bool, Flag, v => v;
    Vec<u8>, Bytes, v => v;
    &[u8], Bytes, v => v.to_vec();
    [u8; 32], Bytes, v => v.to_vec();
}
