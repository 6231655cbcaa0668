//! What a SIP message may cost before anybody has proved who sent it.

/// Largest datagram taken: what UDP can carry at all. Recorders send catalogs of this size although 4.3.2 advises TCP beyond the MTU.
pub const DATAGRAM_BYTES_MAX: usize = 65_535;

/// Largest start line and header section together. The largest seen in the field is under 3 KiB; GB 35114 certificates in `Authorization`
/// may reach 8 KiB.
pub const HEAD_BYTES_MAX: usize = 16 * 1024;

/// Most headers of one message. Real ones have fewer than 25; a table this long is still cheap to walk.
pub const HEADERS_MAX: usize = 96;

/// Largest body over TCP: a catalog message may list 10 000 items (9.5) of about 700 bytes each.
pub const STREAM_BODY_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Largest body over a TCP connection on which nobody has registered yet: 8 MiB each would let strangers fill the memory.
pub const UNPROVEN_BODY_BYTES_MAX: usize = 64 * 1024;

/// Blank bytes forgiven in front of a message: RFC 3261 7.5 allows CRLF, some devices pad with NUL.
pub const LEADING_NOISE_BYTES_MAX: usize = 256;

/// Bytes that a stream may waste between two messages before the connection is given up: more than the longest body that a wrong
/// `Content-Length: 0` leaves behind in practice, and too little to keep a processor busy.
pub const RESYNC_BYTES_MAX: usize = 256 * 1024;

/// Longest Call-ID, tag or branch that is remembered. RFC 3261 gives none; a UUID with a host name needs 60.
pub const TOKEN_BYTES_MAX: usize = 256;
