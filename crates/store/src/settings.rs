//! Values of the installation itself: the key that seals camera passwords, the set-up code, whether it is a demonstration.

use crate::Store;
use crate::error::Result;
use crate::sql::Sql;

impl Store {
    /// A value; none where never put.
    pub async fn setting(&self, key: &str) -> Result<Option<String>> {
        let sql = Sql::new("select value from setting where key = $1").with(key);
        self.pools.fetch_opt(sql).await?.map(|row| row.text("value")).transpose()
    }

    /// Puts a value, replacing the one before.
    pub async fn put_setting(&self, key: &str, value: &str) -> Result<()> {
        let sql = Sql::new(
            "insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value",
        )
        .with(key)
        .with(value);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// Puts a value where there is none, and answers the one that holds: of two nodes starting at once both get the same.
    pub async fn put_setting_if_absent(&self, key: &str, value: &str) -> Result<String> {
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new("insert into setting (key, value) values ($1, $2) on conflict (key) do nothing")
            .with(key)
            .with(value);
        tx.execute(sql).await?;
        let row = tx.fetch_opt(Sql::new("select value from setting where key = $1").with(key)).await?;
        let holds = row.map_or_else(|| Ok(value.to_owned()), |row| row.text("value"))?;
        tx.commit().await?;
        Ok(holds)
    }
}
