//! RTP (RFC 3550) as GB/T 28181 uses it, from packets on the wire to frames and back.
//!
//! [`TcpReceiver`] takes what a connection delivers, [`UdpReceiver`] datagrams and the time; both give whole
//! [`Frame`](crate::ps::Frame)s. [`Packetizer`] and [`frame_packet`] do the reverse. Below them, each usable alone: [`Packet`]
//! (one packet), [`Framer`] (packets in a byte stream), [`Reorder`] (packets in datagrams), [`Unpacker`] (packets in
//! order into frames).
//!
//! A stream is known by its connection or port first and by its SSRC second, because the SSRC is what devices get
//! wrong: it differs from the offered one (WVP#127), is zero (srs#1500), or is that of a session long gone (WVP#159).

mod elementary;
mod faults;
mod framer;
mod h264;
mod h265;
mod packet;
mod packetizer;
mod payload;
mod receiver;
mod reorder;
mod text;
mod unpacker;

pub use faults::Faults;
pub use framer::{Framer, Hopeless, frame_packet};
pub use packet::{Header, NotRtp, Packet};
pub use packetizer::Packetizer;
pub use payload::{Payload, PayloadTypes};
pub use receiver::{Settings, TcpReceiver, UdpReceiver};
pub use reorder::{Delivery, Reorder, ReorderSettings};
pub use unpacker::Unpacker;
