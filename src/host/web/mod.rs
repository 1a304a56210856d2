//! Asks web addresses whether they are there, with the manners of a guest: a few hosts at once, each host one question after
//! the other with a pause between, HEAD before GET, and patience where a host asks for it.

mod ask;
mod known;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ask::Asker;
pub use known::Known;

/// What an address comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Something is there, perhaps behind a door.
    Alive,
    /// Nothing is there; why, in an author's words.
    Dead(String),
}

/// How hosts are asked.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// How many hosts are asked at once.
    pub hosts_at_once: usize,
    /// Between two questions to one host.
    pub pause: Duration,
    /// How long one answer may take, redirects and all.
    pub timeout: Duration,
    /// How often a failure that may pass is tried again.
    pub retries: u32,
    /// Before the first retry; twice as long before each next one.
    pub patience: Duration,
    /// A host that asks for more patience than this is there and is let be.
    pub most_patience: Duration,
}

impl Manners {
    /// Good manners, with the author's own limit for one answer.
    pub fn with_timeout(timeout: Duration) -> Self {
        Manners {
            hosts_at_once: 16,
            pause: Duration::from_millis(250),
            timeout,
            retries: 2,
            patience: Duration::from_secs(1),
            most_patience: Duration::from_secs(30),
        }
    }
}

/// The answers of addresses (`http` or `https`), in their order.
pub fn ask_all(addresses: &[&str], manners: Manners) -> Vec<Answer> {
    let mut hosts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, address) in addresses.iter().enumerate() {
        hosts.entry(host(address)).or_default().push(at);
    }
    let asker = Asker::new(manners);
    let workers = manners.hosts_at_once.min(hosts.len());
    let waiting: Mutex<VecDeque<Vec<usize>>> = Mutex::new(hosts.into_values().collect());
    let answers = Mutex::new(vec![Answer::Alive; addresses.len()]);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(host) = next(&waiting) {
                    // A host that is down would cost all the patience again for each of its addresses.
                    let mut is_down = false;
                    for (count, at) in host.into_iter().enumerate() {
                        if count > 0 {
                            std::thread::sleep(manners.pause);
                        }
                        let (answer, unreachable) = asker.ask(addresses[at], !is_down);
                        is_down = unreachable;
                        answers.lock().unwrap_or_else(PoisonError::into_inner)[at] = answer;
                    }
                }
            });
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn next(waiting: &Mutex<VecDeque<Vec<usize>>>) -> Option<Vec<usize>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}

/// The host of an address, with its port.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
