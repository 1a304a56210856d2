//! Plain files, opened so that nothing else can stand in their place: links are not followed, pipes are not waited for,
//! and a file that grows while it is read ends where it is too large.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Opens a plain file and tells its length.
///
/// # Errors
/// [`ErrorKind::InvalidInput`] where there is something else, or what the machine says.
pub(super) fn open(path: &Path) -> io::Result<(File, u64)> {
    let not_plain = || io::Error::new(ErrorKind::InvalidInput, "not a regular file");
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or(0));
    }
    let is_other = || path.symlink_metadata().is_ok_and(|meta| !meta.is_file());
    // A link or a socket cannot be opened at all.
    let file = options.open(path).map_err(|error| if is_other() { not_plain() } else { error })?;
    let meta = file.metadata()?;
    if meta.is_file() { Ok((file, meta.len())) } else { Err(not_plain()) }
}

/// The bytes of a plain file of at most so many.
///
/// # Errors
/// [`ErrorKind::FileTooLarge`], or those of [`open`].
pub(super) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, length) = open(path)?;
    let too_large = || Err(ErrorKind::FileTooLarge.into());
    if length > most {
        return too_large();
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { too_large() } else { Ok(bytes) }
}
