//! Seats: a browser becomes one with a code that the room's keeper gave out, and proves with every request that it is.
//!
//! Its private key was made in that browser and cannot be read out of it. So whoever knows a guard's password sits in no duty room yet, and
//! a copied cookie answers no roll-call. A signature covers method, path, body and time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::{DutyRoomId, SeatId};
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use store::{NewSeat, OnList, Seat, SeatPairing};

use super::{object, object_of};
use crate::events::Event;
use crate::organisations::text;
use crate::{Ask, Platform, PlatformError};

/// Longest name, in characters.
const NAME_CHARS_MAX: usize = 40;
/// How long a code can be used.
const PAIRING_HOLDS: SignedDuration = SignedDuration::from_mins(10);
/// Digits of a code.
const CODE_DIGITS: u64 = 100_000_000;
/// Bytes of an uncompressed point on P-256.
const POINT_LEN: usize = 65;
/// Bytes of a signature: two numbers of 32 bytes (IEEE P1363).
const SIGNATURE_LEN: usize = 64;
/// So far the time in a signature may lie from the server's.
const SKEW_MAX: SignedDuration = SignedDuration::from_secs(60);

/// A code that was given out. Nobody reads it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingCode {
    /// Eight digits.
    pub code: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// A browser that wants to become a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairWish {
    /// The code, as typed.
    pub code: String,
    /// Its public key on P-256, uncompressed point, base64url.
    pub public_key: String,
    /// Its signature over `watchfire-seat-pairing/1`, the code's digits and the key, each ended by a line feed; base64url.
    pub signature: String,
}

/// What a request says of the seat it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatProof {
    /// Which seat it says it is.
    pub seat_id: SeatId,
    /// The time that was signed, milliseconds.
    pub at_ms: i64,
    /// Two numbers of 32 bytes.
    pub signature: Vec<u8>,
    /// What was signed.
    pub signed: Vec<u8>,
}

impl SeatProof {
    /// Reads the header `<seat>.<milliseconds>.<signature>`; none where it is not of that form. `path` has the query with it.
    pub fn read(header: &str, method: &str, path: &str, body: &[u8]) -> Option<Self> {
        let mut parts = header.splitn(3, '.');
        let seat_id = parts.next()?.parse().ok()?;
        let at_ms: i64 = parts.next()?.parse().ok()?;
        let signature =
            URL_SAFE_NO_PAD.decode(parts.next()?).ok().filter(|bytes| bytes.len() == SIGNATURE_LEN)?;
        let digest = store::sha256_hex(body);
        let signed = format!("watchfire-seat/1\n{method}\n{path}\n{at_ms}\n{digest}\n").into_bytes();
        Some(Self { seat_id, at_ms, signature, signed })
    }
}

impl Platform {
    /// Gives out a code by which a browser becomes a seat of a room. A second one for the same room makes the first useless.
    pub async fn make_pairing(
        &self,
        ask: &Ask,
        room_id: DutyRoomId,
        name: &str,
    ) -> Result<PairingCode, PlatformError> {
        ask.access.need(Capability::ManageDutyRooms)?;
        let name = text("name", name, NAME_CHARS_MAX)?;
        let room = self.inner.store.duty_room(&ask.access, room_id).await?;
        let code = format!("{:08}", u64::from_be_bytes(self.inner.surroundings.random()) % CODE_DIGITS);
        let expires_at = ask.now.saturating_add(PAIRING_HOLDS).unwrap_or(ask.now);
        let pairing = SeatPairing { digest: digest_of(&code), room_id, name, made_at: ask.now, expires_at };
        self.inner.store.add_seat_pairing(&ask.access, &pairing).await?;
        self.audit(ask, "seat_code", object(&room), "ok", Some(pairing.name)).await?;
        Ok(PairingCode { code, expires_at })
    }

    /// A browser becomes a seat.
    pub async fn pair_seat(&self, ask: &Ask, wish: &PairWish) -> Result<Seat, PlatformError> {
        if !ask.access.may(Capability::ManageDutyRooms) {
            ask.access.need(Capability::SitAtSeat)?;
        }
        let code: String = wish.code.chars().filter(char::is_ascii_digit).take(16).collect();
        let public_key =
            URL_SAFE_NO_PAD.decode(&wish.public_key).ok().filter(|bytes| bytes.len() == POINT_LEN);
        let signature =
            URL_SAFE_NO_PAD.decode(&wish.signature).ok().filter(|bytes| bytes.len() == SIGNATURE_LEN);
        let (Some(public_key), Some(signature)) = (public_key, signature) else {
            return Err(PlatformError::field(
                "public_key",
                "invalid",
                "a point on P-256 and a signature by it, base64url",
            ));
        };
        let signed = format!("watchfire-seat-pairing/1\n{code}\n{}\n", wish.public_key);
        if !is_signed_by(&public_key, signed.as_bytes(), &signature) {
            return Err(PlatformError::field("signature", "invalid", "the key did not sign this"));
        }
        let new = NewSeat {
            id: SeatId(self.inner.surroundings.id(ask.now)),
            digest: digest_of(&code),
            public_key,
            at: ask.now,
        };
        let seat = match self.inner.store.pair_seat(&ask.access, &new).await {
            Err(error) if error.kind() == store::ErrorKind::NotFound => {
                let object = crate::audit::Object { kind: "seat", ..Default::default() };
                self.audit(ask, "seat_pair", object, "refused", None).await?;
                return Err(PlatformError::field("code", "unknown", "this code is wrong, used, or too old"));
            }
            other => other?,
        };
        self.audit(ask, "seat_pair", object_of(seat.room_id), "ok", Some(seat.name.clone())).await?;
        self.inner.events.publish(Event::Duty);
        Ok(seat)
    }

    /// The seats of a room, given up ones included.
    pub async fn seats(&self, ask: &Ask, room_id: DutyRoomId) -> Result<Vec<Seat>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        self.inner.store.duty_room(&ask.access, room_id).await?;
        Ok(self.inner.store.seats(&ask.access, room_id).await?)
    }

    /// Gives a seat up.
    pub async fn unpair_seat(&self, ask: &Ask, room_id: DutyRoomId, id: SeatId) -> Result<(), PlatformError> {
        ask.access.need(Capability::ManageDutyRooms)?;
        self.inner.store.unpair_seat(&ask.access, room_id, id, ask.now).await?;
        self.audit(ask, "seat_unpair", object_of(room_id), "ok", Some(id.to_string())).await?;
        self.inner.events.publish(Event::Duty);
        Ok(())
    }

    /// The seat that a request comes from, proved.
    pub async fn seat(&self, proof: &SeatProof, now: Timestamp) -> Result<Seat, PlatformError> {
        let signed_at = Timestamp::from_millisecond(proof.at_ms).unwrap_or(Timestamp::MIN);
        let apart = now.duration_since(signed_at);
        if apart.abs() > SKEW_MAX {
            let message = format!("this seat's clock is {} s off; the server's says {now}", apart.as_secs());
            return Err(PlatformError::field("seat", "clock", message));
        }
        let unbound = || PlatformError::field("seat", "unbound", "this browser is bound to no duty room");
        let seat = self.inner.store.bound_seat(proof.seat_id).await?.ok_or_else(unbound)?;
        if !is_signed_by(&seat.public_key, &proof.signed, &proof.signature) {
            return Err(PlatformError::field(
                "seat",
                "signature",
                "this request was not signed by the seat's key",
            ));
        }
        Ok(seat)
    }

    /// The person who acts at a seat: on the list of the organisation whose room it is.
    pub async fn person_at(&self, ask: &Ask, seat: &Seat) -> Result<OnList, PlatformError> {
        ask.access.need(Capability::SitAtSeat)?;
        let stranger = || {
            PlatformError::Conflict(
                "this account belongs to nobody of the organisation that sits here".to_owned(),
            )
        };
        let user = ask.access.user_id.ok_or_else(stranger)?;
        let person = self.inner.store.staff_of_account(user).await?.ok_or_else(stranger)?;
        let room = self.inner.store.duty_room(&domain::access::Access::PLATFORM, seat.room_id).await?;
        if person.organisation_id == room.organisation_id { Ok(person) } else { Err(stranger()) }
    }
}

fn digest_of(code: &str) -> Vec<u8> {
    store::sha256(format!("watchfire-seat-code/1\n{code}\n").as_bytes()).to_vec()
}

fn is_signed_by(public_key: &[u8], signed: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public_key).verify(signed, signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

    #[test]
    fn a_signature_covers_method_path_body_and_time() {
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pair.as_ref(), &random).unwrap();
        let id = SeatId(uuid::Uuid::from_u128(7));
        let digest = store::sha256_hex(b"{}");
        let text = format!("watchfire-seat/1\nPOST\n/api/seat/activity\n1800000000000\n{digest}\n");
        let signature = pair.sign(&random, text.as_bytes()).unwrap();
        let header = format!("{id}.1800000000000.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()));
        let holds = |header: &str, method: &str, path: &str, body: &[u8]| {
            let proof = SeatProof::read(header, method, path, body).unwrap();
            assert_eq!(proof.seat_id, id);
            is_signed_by(pair.public_key().as_ref(), &proof.signed, &proof.signature)
        };
        assert!(holds(&header, "POST", "/api/seat/activity", b"{}"));
        assert!(!holds(&header, "PUT", "/api/seat/activity", b"{}"));
        assert!(!holds(&header, "POST", "/api/seat/activity?x", b"{}"));
        assert!(!holds(&header, "POST", "/api/seat/activity", b"{ }"));
        assert!(!holds(
            &header.replace("1800000000000", "1800000000001"),
            "POST",
            "/api/seat/activity",
            b"{}"
        ));
        for broken in ["", "x", "a.b.c", &format!("{id}.1.AAAA"), &format!("{id}..")] {
            assert_eq!(SeatProof::read(broken, "GET", "/", b""), None, "{broken}");
        }
    }
}
