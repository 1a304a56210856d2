//! Ports and connections.
//!
//! In: the address asked for. Out: connections, not too many at a time, each of which ends by itself if
//! it takes nothing from us for a while, and sooner where others wait for its seat. Requests have no bodies
//! worth reading, so a connection on which we have written nothing for that long is idle or slow on purpose,
//! whatever it sends. Browsers open it again when they want something, and the stream of news, too.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
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

/// How long it lasts while others wait for a seat: longer than a page takes, and not so long that a reader goes away.
const HASTE: Duration = Duration::from_secs(2);

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
    manners: Arc<Manners>,
}

/// How long connections may say nothing.
struct Manners {
    patience: Duration,
    haste: Duration,
    /// Whether whoever came last had to wait for a seat.
    is_full: AtomicBool,
}

impl Manners {
    fn current(&self) -> Duration {
        if self.is_full.load(Ordering::Relaxed) { self.haste } else { self.patience }
    }
}

impl Seats {
    pub(super) fn new(listener: TcpListener) -> Self {
        Seats::with(listener, CONNECTIONS, (PATIENCE, HASTE))
    }

    pub(super) fn with(listener: TcpListener, seats: usize, (patience, haste): (Duration, Duration)) -> Self {
        let manners = Arc::new(Manners { patience, haste, is_full: AtomicBool::new(false) });
        Seats { listener, seats: Arc::new(Semaphore::new(seats)), manners }
    }
}

impl Listener for Seats {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        let _ = stream.set_nodelay(true);
        let free = Arc::clone(&self.seats).try_acquire_owned().ok();
        self.manners.is_full.store(free.is_none(), Ordering::Relaxed);
        let seat = match free {
            Some(seat) => Some(seat),
            // Nobody closes the semaphore; without it, the seat would merely not be counted.
            None => Arc::clone(&self.seats).acquire_owned().await.ok(),
        };
        (Connection::new(stream, Arc::clone(&self.manners), seat), address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that ends if nothing is written to it for a while.
pub(super) struct Connection {
    stream: TcpStream,
    manners: Arc<Manners>,
    /// When we wrote something, or else when it began.
    written: Instant,
    /// When its silence is judged again.
    alarm: Pin<Box<Sleep>>,
    _seat: Option<OwnedSemaphorePermit>,
}

impl Connection {
    fn new(stream: TcpStream, manners: Arc<Manners>, seat: Option<OwnedSemaphorePermit>) -> Self {
        let alarm = Box::pin(sleep(manners.haste));
        Connection { stream, manners, written: Instant::now(), alarm, _seat: seat }
    }

    /// Ends it if it has been silent for too long; else sees to it that it is judged again.
    fn judge(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        while self.alarm.as_mut().poll(context).is_ready() {
            if self.written.elapsed() >= self.manners.current() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            // Often enough that seats become free soon after they are wanted.
            self.alarm.as_mut().reset(Instant::now() + self.manners.haste);
        }
        Ok(())
    }

    /// Passes on the outcome of a write; one that got somewhere earns new patience.
    fn written(&mut self, outcome: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if outcome.is_ready() {
            self.written = Instant::now();
        }
        outcome
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.judge(cx)?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.judge(cx)?;
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.judge(cx)?;
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.written(outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Between two events nothing else may be asked of us, as where the other side sent more than it had to.
        self.judge(cx)?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
