//! Seats: browsers whose keys are bound to a room, and the codes by which a browser becomes one. What a signature says is judged elsewhere.

use domain::access::Access;
use domain::ids::{DutyRoomId, OrganisationId, SeatId, StaffId, UserId};
use jiff::Timestamp;

use super::{author, need_kept, need_room};
use crate::Store;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::Sql;

/// Most seats of one room.
const SEATS_MAX: i64 = 8;
/// Seats shown of one room, given up ones included.
const SHOWN_MAX: i64 = 100;

/// A browser bound to a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Own id.
    pub id: SeatId,
    /// The room.
    pub room_id: DutyRoomId,
    /// Name for people.
    pub name: String,
    /// Public key on P-256, uncompressed point.
    pub public_key: Vec<u8>,
    /// When it was bound.
    pub paired_at: Timestamp,
    /// Until when it was; none while it is.
    pub unpaired_at: Option<Timestamp>,
}

/// A code that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatPairing {
    /// SHA-256 of the code.
    pub digest: Vec<u8>,
    /// For which room.
    pub room_id: DutyRoomId,
    /// Name of the seat to be.
    pub name: String,
    /// When.
    pub made_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// A browser that has a code and a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSeat {
    /// Own id.
    pub id: SeatId,
    /// SHA-256 of the code.
    pub digest: Vec<u8>,
    /// Public key on P-256, uncompressed point.
    pub public_key: Vec<u8>,
    /// When.
    pub at: Timestamp,
}

/// Whose list an account's person stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnList {
    /// The person.
    pub staff_id: StaffId,
    /// Name.
    pub name: String,
    /// The organisation.
    pub organisation_id: OrganisationId,
}

impl Store {
    /// Keeps a code. NotFound where the room is not the asker's to keep; Conflict where it has seats enough.
    pub async fn add_seat_pairing(&self, access: &Access, pairing: &SeatPairing) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_kept(&mut tx, access, pairing.room_id).await?;
        let bound = Sql::new(
            "select cast(count(*) as bigint) as n from seat where unpaired_at is null and room_id = $1",
        );
        if tx.fetch_opt(bound.with(pairing.room_id.0)).await?.map_or(Ok(0), |row| row.int("n"))? >= SEATS_MAX
        {
            return Err(StoreError::conflict(format!("the room has {SEATS_MAX} seats already")));
        }
        tx.execute(
            Sql::new("delete from seat_pairing where expires_at < $1 or room_id = $2")
                .with(pairing.made_at)
                .with(pairing.room_id.0),
        )
        .await?;
        let sql = Sql::new(
            "insert into seat_pairing (digest, room_id, name, made_at, made_by, expires_at) values ($1, $2, $3, $4, $5, $6)",
        )
        .with(pairing.digest.clone())
        .with(pairing.room_id.0)
        .with(&pairing.name)
        .with(pairing.made_at)
        .with(author(access))
        .with(pairing.expires_at);
        tx.execute(sql).await?;
        tx.commit().await
    }

    /// Uses a code up: the browser is a seat of its room from now on. NotFound for a code that is unknown, used or too old, and for somebody
    /// who does not belong to the room.
    pub async fn pair_seat(&self, access: &Access, new: &NewSeat) -> Result<Seat> {
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new("select p.* from seat_pairing p join duty_room d on d.id = p.room_id where p.digest = $1 and p.expires_at >= $2")
            .with(new.digest.clone())
            .with(new.at);
        match access.scope {
            Some(domain::access::Scope::Organisation(id)) => {
                sql.push(" and d.organisation_id = ").bind(id.0);
            }
            _ if *access == Access::PLATFORM => {}
            _ => {
                sql.push(" and 1 = 0");
            }
        }
        let pairing = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
        let (room_id, name) = (pairing.id::<DutyRoomId>("room_id")?, pairing.text("name")?);
        tx.execute(Sql::new("delete from seat_pairing where digest = $1").with(new.digest.clone())).await?;
        let sql = Sql::new("insert into seat (id, room_id, name, public_key, paired_at, paired_by) values ($1, $2, $3, $4, $5, $6)")
            .with(new.id.0)
            .with(room_id.0)
            .with(&name)
            .with(new.public_key.clone())
            .with(new.at)
            .with(author(access));
        match tx.execute(sql).await {
            Err(StoreError::Conflict(_)) => {
                return Err(StoreError::conflict("this browser is a seat already"));
            }
            other => other.map(drop)?,
        }
        tx.commit().await?;
        let (id, public_key, paired_at) = (new.id, new.public_key.clone(), new.at);
        Ok(Seat { id, room_id, name, public_key, paired_at, unpaired_at: None })
    }

    /// Gives a seat up; whoever signed on there goes off post.
    pub async fn unpair_seat(
        &self,
        access: &Access,
        room: DutyRoomId,
        id: SeatId,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_kept(&mut tx, access, room).await?;
        let sql = Sql::new(
            "update seat set unpaired_at = $1 where unpaired_at is null and room_id = $2 and id = $3",
        );
        crate::cameras::found(tx.execute(sql.with(at).with(room.0).with(id.0)).await?)?;
        tx.execute(
            Sql::new("update on_post set until = $1 where until is null and seat_id = $2")
                .with(at)
                .with(id.0),
        )
        .await?;
        tx.commit().await
    }

    /// The seats of a room, given up ones included, newest first.
    pub async fn seats(&self, access: &Access, room: DutyRoomId) -> Result<Vec<Seat>> {
        need_room(self, access, room).await?;
        let sql = Sql::new("select * from seat where room_id = $1 order by paired_at desc, id limit $2");
        self.pools.fetch_all(sql.with(room.0).with(SHOWN_MAX)).await?.iter().map(read_seat).collect()
    }

    /// A bound seat by its id: the doorway, before anybody is known.
    pub async fn bound_seat(&self, id: SeatId) -> Result<Option<Seat>> {
        let sql = Sql::new(
            "select s.* from seat s join duty_room d on d.id = s.room_id where s.unpaired_at is null and d.closed_at is null and s.id = $1",
        );
        self.pools.fetch_opt(sql.with(id.0)).await?.as_ref().map(read_seat).transpose()
    }

    /// Whose staff an account is now.
    pub async fn staff_of_account(&self, account: UserId) -> Result<Option<OnList>> {
        let sql =
            Sql::new("select id, name, organisation_id from staff where left_at is null and account_id = $1")
                .with(account.0);
        let row = self.pools.fetch_opt(sql).await?;
        row.map(|row| {
            Ok(OnList {
                staff_id: row.id("id")?,
                name: row.text("name")?,
                organisation_id: row.id("organisation_id")?,
            })
        })
        .transpose()
    }
}

fn read_seat(row: &Row) -> Result<Seat> {
    Ok(Seat {
        id: row.id("id")?,
        room_id: row.id("room_id")?,
        name: row.text("name")?,
        public_key: row.bytes("public_key")?,
        paired_at: row.time("paired_at")?,
        unpaired_at: row.time_opt("unpaired_at")?,
    })
}
