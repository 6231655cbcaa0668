//! One row of either engine, read by column name into the program's types.

use std::str::FromStr;

use jiff::Timestamp;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};

use crate::error::{Result, StoreError};

/// A row.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    fn get<'r, T>(&'r self, column: &str) -> Result<T>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    pub(crate) fn text(&self, column: &str) -> Result<String> {
        self.get(column)
    }

    pub(crate) fn text_opt(&self, column: &str) -> Result<Option<String>> {
        self.get(column)
    }

    /// Text without a copy.
    pub(crate) fn str_opt(&self, column: &str) -> Result<Option<&str>> {
        self.get(column)
    }

    pub(crate) fn int(&self, column: &str) -> Result<i64> {
        self.get(column)
    }

    pub(crate) fn int_opt(&self, column: &str) -> Result<Option<i64>> {
        self.get(column)
    }

    /// A number that is never negative.
    pub(crate) fn count(&self, column: &str) -> Result<u32> {
        let value = self.int(column)?;
        u32::try_from(value).map_err(|_| corrupt(column, &value.to_string()))
    }

    pub(crate) fn real_opt(&self, column: &str) -> Result<Option<f64>> {
        self.get(column)
    }

    pub(crate) fn flag(&self, column: &str) -> Result<bool> {
        self.get(column)
    }

    pub(crate) fn flag_opt(&self, column: &str) -> Result<Option<bool>> {
        self.get(column)
    }

    pub(crate) fn bytes(&self, column: &str) -> Result<Vec<u8>> {
        self.get(column)
    }

    pub(crate) fn bytes_opt(&self, column: &str) -> Result<Option<Vec<u8>>> {
        self.get(column)
    }

    pub(crate) fn time(&self, column: &str) -> Result<Timestamp> {
        to_time(column, self.int(column)?)
    }

    pub(crate) fn time_opt(&self, column: &str) -> Result<Option<Timestamp>> {
        self.int_opt(column)?.map(|us| to_time(column, us)).transpose()
    }

    /// An id.
    pub(crate) fn id<T: FromStr>(&self, column: &str) -> Result<T> {
        self.id_opt(column)?.ok_or_else(|| corrupt(column, "null"))
    }

    pub(crate) fn id_opt<T: FromStr>(&self, column: &str) -> Result<Option<T>> {
        let Some(text) = self.str_opt(column)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| corrupt(column, text))
    }

    /// A word of a closed list.
    pub(crate) fn word<T>(&self, column: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
        self.word_opt(column, parse)?.ok_or_else(|| corrupt(column, "null"))
    }

    pub(crate) fn word_opt<T>(&self, column: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
        let Some(text) = self.str_opt(column)? else { return Ok(None) };
        parse(text).map(Some).ok_or_else(|| corrupt(column, text))
    }
}

fn to_time(column: &str, us: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(us).map_err(|_| corrupt(column, &us.to_string()))
}

/// A value that cannot be read back.
pub(crate) fn corrupt(column: &str, value: &str) -> StoreError {
    StoreError::Corrupt(format!("column {column} holds {value:?}"))
}
