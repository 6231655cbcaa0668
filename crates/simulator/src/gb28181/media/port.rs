//! The port that an accepted call names, opened before the answer leaves.

use gb28181::profile::MediaTransport;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};

/// Written where no connection will come in (RFC 4145 4: the discard port).
const DISCARD: u16 = 9;

/// Where pictures will leave.
#[derive(Debug)]
pub(in crate::gb28181) enum Port {
    /// From this socket.
    Datagrams(UdpSocket),
    /// On a connection that we open.
    Dial,
    /// On the connection that comes in here.
    Listen(TcpListener),
    /// Nowhere: signalling only.
    Black,
}

impl Port {
    /// Opens what a transport needs; does not wait.
    pub fn open(transport: MediaTransport, host: IpAddr) -> io::Result<Self> {
        let address = SocketAddr::new(host, 0);
        match transport {
            MediaTransport::Udp => {
                let socket = UdpSocket::bind(address)?;
                socket.set_nonblocking(true)?;
                Ok(Self::Datagrams(socket))
            }
            MediaTransport::TcpDeviceConnects => Ok(Self::Dial),
            MediaTransport::TcpPlatformConnects => {
                let listener = TcpListener::bind(address)?;
                listener.set_nonblocking(true)?;
                Ok(Self::Listen(listener))
            }
        }
    }

    /// Its number for the answer.
    pub fn number(&self) -> u16 {
        let address = match self {
            Self::Datagrams(socket) => socket.local_addr(),
            Self::Listen(listener) => listener.local_addr(),
            Self::Dial | Self::Black => return DISCARD,
        };
        address.map_or(DISCARD, |address| address.port())
    }
}
