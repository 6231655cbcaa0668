//! GB/T 26875.3: what anybody on the network sends to the port of transmission devices.

use gb26875::{Data, Found, Frame, FrameReader};

use super::pieces;

/// A connection: the first byte says how it is cut. No byte is lost, what is found reads back, and what hides behind a false start is found
/// once the line is quiet.
pub fn gb_fire(bytes: &[u8]) {
    let Some((cut, bytes)) = bytes.split_first() else { return };
    let mut reader = FrameReader::default();
    let mut counted = 0;
    for piece in pieces(bytes, *cut) {
        reader.push(piece);
        while let Some(found) = reader.next_found() {
            counted += count(&found);
        }
    }
    while let Some(found) = reader.settle() {
        counted += count(&found);
        while let Some(found) = reader.next_found() {
            counted += count(&found);
        }
    }
    assert_eq!(counted, bytes.len(), "bytes lost or made");
}

/// Application data: what is read is written as it was, but for padding.
pub fn gb_fire_data(bytes: &[u8]) {
    let Ok(data) = Data::parse(bytes) else { return };
    let Ok(written) = Data::encode(&data.objects) else { return };
    let again = Data::parse(&written).expect("what we write can be read");
    assert_eq!(again.objects.flag(), data.objects.flag());
    assert_eq!(again.objects.count(), data.objects.count());
}

fn count(found: &Found) -> usize {
    match found {
        Found::Rubbish(rubbish) => rubbish.bytes,
        Found::Frame(frame) => {
            let bytes = frame.encode().expect("a frame that was found fits");
            assert_eq!(Frame::parse(&bytes).as_ref(), Ok(frame));
            gb_fire_data(&frame.data);
            bytes.len()
        }
    }
}
