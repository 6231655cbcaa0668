//! Bytes that nobody should send, to both endpoints, from a registered device and its server.

use proptest::prelude::*;
use watchfire_gb28181::profile::MediaTransport;
use watchfire_gb28181::sdp::Wanted;
use watchfire_gb28181::sip::Peer;

use crate::calls::call;
use crate::net::{Net, server_address};

/// Messages of a whole session, as they were sent.
fn session() -> Vec<Vec<u8>> {
    let mut net = Net::with_recorder(3);
    net.keep_bytes = true;
    crate::catalogs::ask_catalog(&mut net).expect("asked");
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    net.with_device(0, |device, now, _, out| device.leave(now, out));
    net.run_for(1_000);
    net.kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn spoilt_messages_do_no_harm(
        order in proptest::collection::vec(any::<prop::sample::Index>(), 1..40),
        spoils in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        is_cut in any::<bool>(),
    ) {
        let messages = session();
        let mut net = Net::with_recorder(3);
        let peer = Peer { address: net.nodes[0].seen_as, channel: net.nodes[0].channel };
        let server = Peer { address: server_address(), channel: peer.channel };
        for index in order {
            let mut bytes = messages[index.index(messages.len())].clone();
            for (at, byte) in &spoils {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            if is_cut {
                bytes.truncate(bytes.len() / 2);
            }
            net.inject(peer, &bytes);
            net.with_device(0, |device, now, stage, out| device.receive(now, server, &bytes, stage, out));
            net.run_for(50);
        }
        net.run_for(200_000);
        // It may have been unregistered by a repeated good-bye, but it comes back by itself or stays: nothing hangs.
        prop_assert!(net.platform.registrar().len() <= 2);
        prop_assert!(net.platform.calls_standing() <= 1);
    }
}
