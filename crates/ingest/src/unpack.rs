//! Compressed streams opened, within bounds: gzip and zstd, one in another a few times.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use crate::Options;
use crate::fault::size;

/// How much of a file is looked at to tell what it is.
pub(crate) const HEAD: usize = 64 << 10;

/// Output that is allowed however small the input is.
const FREE: u64 = 16 << 20;

/// Layers of compression that are taken off.
const LAYERS: usize = 3;

pub(crate) type Stream<'r> = Box<dyn BufRead + 'r>;

/// A stream with its compression taken off, and its first bytes.
pub(crate) struct Opened<'r> {
    pub head: Vec<u8>,
    pub stream: Stream<'r>,
}

/// Takes the compression off. What fails later, a bad checksum or a bomb, fails as a read.
pub(crate) fn open<'r>(reader: impl Read + 'r, options: &Options) -> Result<Opened<'r>, String> {
    let raw = Rc::new(Cell::new(0));
    let counted = Counted { inner: reader, raw: raw.clone() };
    let mut opened = peek(BufReader::with_capacity(HEAD, counted));
    for _ in 0..LAYERS {
        let bounded =
            |inner| Bounded { inner, out: 0, raw: raw.clone(), max: options.max_expansion };
        opened = match opened.head.as_slice() {
            [0x1f, 0x8b, ..] => {
                let inner: Box<dyn Read + 'r> =
                    Box::new(flate2::bufread::MultiGzDecoder::new(opened.stream));
                peek(BufReader::with_capacity(HEAD, bounded(inner)))
            }
            [0x28, 0xb5, 0x2f, 0xfd, ..] => {
                let mut decoder = zstd::stream::read::Decoder::with_buffer(opened.stream)
                    .map_err(|error| told(&error))?;
                decoder.window_log_max(27).map_err(|error| told(&error))?;
                peek(BufReader::with_capacity(HEAD, bounded(Box::new(decoder))))
            }
            _ => return Ok(opened),
        };
    }
    match opened.head.as_slice() {
        [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            Err(format!("is compressed more than {LAYERS} times over: unpack it first"))
        }
        _ => Ok(opened),
    }
}

fn peek<'r>(mut reader: impl BufRead + 'r) -> Opened<'r> {
    let mut head = Vec::new();
    let fault = reader.by_ref().take(HEAD as u64).read_to_end(&mut head).err();
    let start = Cursor::new(head.clone());
    let stream: Stream<'r> = match fault {
        Some(fault) => Box::new(BufReader::new(start.chain(Failing(Some(fault))))),
        None => Box::new(start.chain(reader)),
    };
    Opened { head, stream }
}

/// All of the stream, up to `limit` bytes, and why that is not all.
pub(crate) fn read_whole(stream: &mut dyn Read, limit: u64) -> (Vec<u8>, Option<String>) {
    let mut bytes = Vec::new();
    match stream.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
        Err(error) => (bytes, Some(told(&error))),
        Ok(_) if limit < bytes.len() as u64 => (Vec::new(), Some(too_large(limit))),
        Ok(_) => (bytes, None),
    }
}

pub(crate) fn too_large(limit: u64) -> String {
    format!("is larger than {}: split it, or raise the limit of a record", size(limit))
}

/// What an error of reading says to a person.
pub(crate) fn told(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            "ends too early: what came before was read; fetch it again for the rest".to_owned()
        }
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("is damaged ({error}): what came before was read; fetch it again for the rest")
        }
        _ => format!("cannot be read on: {error}"),
    }
}

/// Counts what is read of a file.
struct Counted<R> {
    inner: R,
    raw: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buf)?;
        self.raw.set(self.raw.get() + count as u64);
        Ok(count)
    }
}

/// Fails when what comes out is out of proportion to what was read of the file.
struct Bounded<R> {
    inner: R,
    out: u64,
    raw: Rc<Cell<u64>>,
    max: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buf)?;
        self.out += count as u64;
        if FREE < self.out && self.raw.get().saturating_mul(self.max) < self.out {
            let told = format!(
                "it grows more than {} times when unpacked and is taken for a decompression bomb; \
                 unpack it yourself if it is sound",
                self.max
            );
            return Err(io::Error::other(told));
        }
        Ok(count)
    }
}

/// Fails once with the error that it holds.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
