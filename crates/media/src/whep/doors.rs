//! Whose packet is it: one socket for all viewers, told apart by address, and at first by the name in their checks.
//!
//! The name (RFC 8445 §7.2.2) is made here, by chance, and given to the viewer by HTTP. Whoever knows it may open a door for the address
//! that it sends from; the check itself is proved by a password that the viewer's own part looks at.

use bytes::Bytes;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc;

/// Packets that wait for one viewer: answers and reports, some hundred bytes each. What does not fit is lost, as on any network.
const WAITING_MAX: usize = 64;
/// Addresses of one viewer; a browser tries each of its interfaces, over IPv4 and IPv6.
const ADDRESSES_MAX: usize = 32;
/// Bytes of the head of a check (RFC 8489 §5).
const HEAD_BYTES: usize = 20;
const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
/// The attribute USERNAME.
const USER_NAME: u16 = 0x0006;

/// A packet and where it came from.
#[derive(Debug)]
pub(super) struct Packet {
    pub(super) source: SocketAddr,
    pub(super) data: Bytes,
}

/// The doors of all viewers.
#[derive(Debug, Default)]
pub(super) struct Doors {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    viewers: HashMap<String, Known>,
    addresses: HashMap<SocketAddr, String>,
}

#[derive(Debug)]
struct Known {
    packets: mpsc::Sender<Packet>,
    addresses: Vec<SocketAddr>,
}

/// The door of one viewer; closed by dropping it.
#[derive(Debug)]
pub(super) struct Door {
    doors: Arc<Doors>,
    name: String,
    pub(super) packets: mpsc::Receiver<Packet>,
}

impl Doors {
    /// A door for a viewer of this name; `None` when there are `most` already, or one of this name.
    pub(super) fn open(self: &Arc<Self>, name: &str, most: usize) -> Option<Door> {
        let (sender, packets) = mpsc::channel(WAITING_MAX);
        let mut inner = self.lock();
        if inner.viewers.len() >= most || inner.viewers.contains_key(name) {
            return None;
        }
        inner.viewers.insert(name.to_owned(), Known { packets: sender, addresses: Vec::new() });
        Some(Door { doors: self.clone(), name: name.to_owned(), packets })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.lock().viewers.len()
    }

    /// Puts a packet to the viewer whose it is; what is nobody's is forgotten.
    pub(super) fn put(&self, source: SocketAddr, data: &[u8]) {
        let mut inner = self.lock();
        let named = user_fragment(data).filter(|name| inner.viewers.contains_key(*name)).map(str::to_owned);
        let Some(name) = named.clone().or_else(|| inner.addresses.get(&source).cloned()) else { return };
        let is_new = named.is_some() && inner.addresses.get(&source) != Some(&name);
        let Some(viewer) = inner.viewers.get_mut(&name) else { return };
        // A full door loses the packet; a closed one is about to be taken away.
        let _ = viewer.packets.try_send(Packet { source, data: Bytes::copy_from_slice(data) });
        if is_new && viewer.addresses.len() < ADDRESSES_MAX {
            viewer.addresses.push(source);
            inner.addresses.insert(source, name);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Every change is whole before anything can fail.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let mut inner = self.doors.lock();
        for address in inner.viewers.remove(&self.name).map_or_else(Vec::new, |known| known.addresses) {
            if inner.addresses.get(&address) == Some(&self.name) {
                inner.addresses.remove(&address);
            }
        }
    }
}

/// The receiver's part of the user name in a check.
fn user_fragment(packet: &[u8]) -> Option<&str> {
    let (head, mut rest) = packet.split_at_checked(HEAD_BYTES)?;
    if head[0] & 0xc0 != 0 || head[4..8] != MAGIC_COOKIE {
        return None;
    }
    while let Some((kind_and_length, after)) = rest.split_first_chunk::<4>() {
        let kind = u16::from_be_bytes([kind_and_length[0], kind_and_length[1]]);
        let length = usize::from(u16::from_be_bytes([kind_and_length[2], kind_and_length[3]]));
        let value = after.get(..length)?;
        if kind == USER_NAME {
            return std::str::from_utf8(value).ok()?.split(':').next();
        }
        rest = after.get(length.next_multiple_of(4)..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(user_name: &str) -> Vec<u8> {
        let mut packet = vec![0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42];
        packet.resize(HEAD_BYTES, 7);
        packet.extend([0x80, 0x22, 0, 3, b'w', b'f', b'!', 0]);
        packet.extend([0, 6, 0, user_name.len() as u8]);
        packet.extend(user_name.as_bytes());
        packet.resize(packet.len().next_multiple_of(4), 0);
        packet
    }

    fn address(last: u8) -> SocketAddr {
        SocketAddr::from(([192, 0, 2, last], 5_000))
    }

    #[test]
    fn a_check_opens_the_door_for_its_address_and_other_packets_follow() {
        let doors = Arc::new(Doors::default());
        let mut one = doors.open("one", 2).unwrap();
        let mut two = doors.open("two", 2).unwrap();
        assert!(doors.open("three", 2).is_none());
        doors.put(address(1), &[0x80; 40]);
        assert!(one.packets.try_recv().is_err(), "nobody's packet");
        doors.put(address(1), &check("one:browser"));
        doors.put(address(2), &check("two:browser"));
        doors.put(address(1), &[0x80; 40]);
        assert_eq!(one.packets.try_recv().unwrap().source, address(1));
        assert_eq!(one.packets.try_recv().unwrap().data[..], [0x80; 40]);
        assert_eq!(two.packets.try_recv().unwrap().source, address(2));
        drop(one);
        doors.put(address(1), &[0x80; 40]);
        assert_eq!((doors.count(), doors.lock().addresses.len()), (1, 1));
    }

    #[test]
    fn an_address_that_is_given_anew_belongs_to_its_new_viewer() {
        let doors = Arc::new(Doors::default());
        let old = doors.open("old", 2).unwrap();
        doors.put(address(1), &check("old:a"));
        let mut new = doors.open("new", 2).unwrap();
        doors.put(address(1), &check("new:a"));
        drop(old);
        new.packets.try_recv().unwrap();
        doors.put(address(1), &[0x80; 20]);
        assert!(new.packets.try_recv().is_ok());
    }

    proptest::proptest! {
        #[test]
        fn garbage_is_nobodys(data in proptest::collection::vec(0u8..=255, 0..120), name in "[a-z]{0,9}") {
            let _ = user_fragment(&data);
            let mut cut = check(&name);
            proptest::prop_assert_eq!(user_fragment(&cut), Some(name.as_str()));
            cut.truncate(data.len());
            let _ = user_fragment(&cut);
        }
    }
}
