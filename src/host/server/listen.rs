//! Ports and connections.
//!
//! In: the address asked for. Out: connections, not too many at a time, each of which ends by itself if
//! it takes nothing from us for a while. Requests have no bodies worth reading, so a connection on which
//! we have written nothing for that long is idle or slow on purpose, whatever it sends.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

use super::Options;

/// How many ports are tried if the author asked for none and the first is taken.
const PORTS: u16 = 20;

/// How many connections are served at a time; others wait.
const CONNECTIONS: usize = 256;

/// How long a connection lasts on which we write nothing. Event streams write more often.
const PATIENCE: Duration = Duration::from_secs(30);

/// Listens on the port asked for, or on one of the next if none was asked for.
pub(super) async fn bind(options: &Options) -> io::Result<TcpListener> {
    let tries = if options.port_given || options.port == 0 { 0 } else { PORTS };
    let last = options.port.saturating_add(tries);
    let mut port = options.port;
    loop {
        match TcpListener::bind(SocketAddr::new(options.host, port)).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => port += 1,
            other => return other,
        }
    }
}

/// A listener with a limited number of seats.
pub(super) struct Seats {
    listener: TcpListener,
    seats: Arc<Semaphore>,
    patience: Duration,
}

impl Seats {
    pub(super) fn new(listener: TcpListener) -> Self {
        Seats::with(listener, CONNECTIONS, PATIENCE)
    }

    pub(super) fn with(listener: TcpListener, seats: usize, patience: Duration) -> Self {
        Seats { listener, seats: Arc::new(Semaphore::new(seats)), patience }
    }
}

impl Listener for Seats {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // Nobody closes the semaphore; without it, the seat would merely not be counted.
        let seat = Arc::clone(&self.seats).acquire_owned().await.ok();
        let (stream, address) = Listener::accept(&mut self.listener).await;
        let _ = stream.set_nodelay(true);
        let deadline = Box::pin(sleep(self.patience));
        (Connection { stream, deadline, patience: self.patience, _seat: seat }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that ends if nothing is written to it for a while.
pub(super) struct Connection {
    stream: TcpStream,
    deadline: Pin<Box<Sleep>>,
    patience: Duration,
    _seat: Option<OwnedSemaphorePermit>,
}

impl Connection {
    /// What to say while the stream has nothing to say.
    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        ready!(self.deadline.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    /// Passes on the outcome of a write; a write that got somewhere earns new patience.
    fn written(&mut self, context: &mut Context<'_>, outcome: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if outcome.is_pending() {
            return self.wait(context);
        }
        let deadline = Instant::now() + self.patience;
        self.deadline.as_mut().reset(deadline);
        outcome
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_read(cx, buffer) {
            Poll::Pending => self.wait(cx),
            ready => ready,
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(cx, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.written(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
