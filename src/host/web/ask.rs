//! One address: the questions, and what the answers come to.

use std::time::Duration;

use ureq::http::Response;
use ureq::{Agent, Body, Error};

use super::{Answer, Manners};

/// More redirects than this are a circle, or as good as one.
const MOST_REDIRECTS: u32 = 10;

/// Asks single addresses.
pub(super) struct Asker {
    agent: Agent,
    manners: Manners,
}

/// What one question led to.
enum Outcome {
    /// A status, and how long to wait, where the host says so.
    Status(u16, Option<Duration>),
    /// No answer: why, and whether another try may have one.
    Failed(String, bool),
}

impl Asker {
    pub(super) fn new(manners: Manners) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(manners.timeout))
            .max_redirects(MOST_REDIRECTS)
            .http_status_as_error(false)
            .user_agent(concat!("roadbook/", env!("CARGO_PKG_VERSION"), " (link check)"));
        Asker { agent: config.build().into(), manners }
    }

    /// HEAD costs a host least; one that does not do it well is asked again with GET, of which only the head is read.
    /// What may pass is tried again where the caller has the patience. Also says whether the host cannot be reached at all.
    pub(super) fn ask(&self, address: &str, patient: bool) -> (Answer, bool) {
        let mut outcome = self.outcome(self.agent.head(address).call());
        if matches!(outcome, Outcome::Status(400.., _)) && !matches!(outcome, Outcome::Status(429, _)) {
            std::thread::sleep(self.manners.pause);
            outcome = self.outcome(self.agent.get(address).call());
        }
        let retries = if patient { self.manners.retries } else { 0 };
        for retry in 0..retries {
            let Some(wait) = self.wait(&outcome, retry) else { break };
            std::thread::sleep(wait);
            outcome = self.outcome(self.agent.get(address).call());
        }
        let unreachable = matches!(outcome, Outcome::Failed(_, true));
        (judge(outcome), unreachable)
    }

    /// How long to wait before another try; `None` where one is of no use or not wanted.
    fn wait(&self, outcome: &Outcome, retry: u32) -> Option<Duration> {
        let patience = self.manners.patience * 2_u32.saturating_pow(retry);
        let wait = match outcome {
            Outcome::Status(429 | 503, Some(asked)) => *asked,
            Outcome::Status(429 | 500.., _) | Outcome::Failed(_, true) => patience,
            _ => return None,
        };
        (wait <= self.manners.most_patience).then_some(wait)
    }

    fn outcome(&self, result: Result<Response<Body>, Error>) -> Outcome {
        let failed = |reason: &str, may_pass| Outcome::Failed(reason.to_owned(), may_pass);
        match result {
            Ok(response) => {
                let header = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
                let seconds = header.and_then(|value| value.trim().parse().ok());
                Outcome::Status(response.status().as_u16(), seconds.map(Duration::from_secs))
            }
            Err(Error::TooManyRedirects) => failed("it redirects in a circle", false),
            Err(Error::RedirectFailed) => failed("it redirects to what is no address", false),
            Err(Error::HostNotFound) => failed("there is no such host", true),
            Err(Error::BadUri(_) | Error::Http(_)) => failed("it is no web address", false),
            Err(Error::Timeout(_)) => {
                failed(&format!("it does not answer within {} seconds", self.manners.timeout.as_secs_f32()), true)
            }
            Err(Error::Rustls(_) | Error::Tls(_)) => failed("its certificate is not valid", false),
            Err(Error::Io(error)) => io(&error),
            Err(Error::ConnectionFailed) => failed("the connection fails", true),
            Err(Error::Protocol(_)) => failed("it does not speak HTTP", false),
            Err(_) => failed("it cannot be reached", true),
        }
    }
}

fn io(error: &std::io::Error) -> Outcome {
    use std::io::ErrorKind;
    let inner = error.get_ref().map(ToString::to_string).unwrap_or_default();
    let (reason, may_pass) = match error.kind() {
        ErrorKind::ConnectionRefused => ("the connection is refused", true),
        ErrorKind::InvalidData if inner.contains("certificate") => ("its certificate is not valid", false),
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => {
            ("it ends the connection without an answer", true)
        }
        _ => ("the connection fails", true),
    };
    Outcome::Failed(reason.to_owned(), may_pass)
}

/// A host that asks for a password or for patience has something there, as far as a guest can tell.
fn judge(outcome: Outcome) -> Answer {
    match outcome {
        Outcome::Failed(reason, _) => Answer::Dead(reason),
        Outcome::Status(401 | 402 | 403 | 407 | 429 | 451, _) => Answer::Alive,
        Outcome::Status(404, _) => Answer::Dead("it answers 404: there is no such page".into()),
        Outcome::Status(410, _) => Answer::Dead("it answers 410: the page is gone for good".into()),
        Outcome::Status(status @ 400.., _) => Answer::Dead(format!("it answers {status}")),
        Outcome::Status(..) => Answer::Alive,
    }
}
