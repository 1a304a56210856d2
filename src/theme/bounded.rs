//! A page in the making, which ends where it is too large.

use std::io::{self, Write};

use crate::limits::PAGE_BYTES;

/// The bytes so far.
#[derive(Default)]
pub(super) struct Page(Vec<u8>);

impl Page {
    /// The text; templates write nothing else.
    pub fn text(self) -> String {
        String::from_utf8(self.0).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > PAGE_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
