//! Fuzzes on stable: mutates seeds for a time and reports what falls.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chancery_fuzz::{TARGETS, Target};

/// Panics seen, those that a reader catches itself included.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// An input that takes longer is written out too.
const SLOW: Duration = Duration::from_secs(3);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let number = |name: &str, default: u64| {
        value(name).map_or(default, |text| text.parse().expect("a number after the flag"))
    };
    let time = Duration::from_secs(number("--seconds", 60));
    let seed = number("--seed", 1);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if PANICS.fetch_add(1, Ordering::Relaxed) < 20 {
            hook(info);
        }
    }));
    let chosen = value("--target");
    let file = value("--file").map(|path| std::fs::read(path).expect("the file can be read"));
    let mut fell = 0;
    for target in TARGETS.iter().filter(|t| chosen.as_deref().is_none_or(|name| name == t.name)) {
        fell += match &file {
            Some(bytes) => usize::from(try_one(target, bytes)),
            None => fuzz(target, time, seed),
        };
    }
    std::process::exit(i32::from(0 < fell));
}

fn fuzz(target: &Target, time: Duration, seed: u64) -> usize {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    // Inputs that were kept: the seeds, and some of what came of them.
    let mut pool: Vec<Vec<u8>> = target.seeds.iter().map(|seed| seed.to_vec()).collect();
    let (start, mut runs, mut fell) = (Instant::now(), 0u64, 0);
    while start.elapsed() < time {
        let mut bytes = pool[random.below(pool.len())].clone();
        for _ in 0..1 + random.below(8) {
            mutate(&mut bytes, &pool, &mut random);
        }
        bytes.truncate(1 << 18);
        if try_one(target, &bytes) {
            fell += 1;
            keep(target, &bytes);
        }
        if random.below(50) == 0 && pool.len() < 500 {
            pool.push(bytes);
        }
        runs += 1;
    }
    println!("{}: {runs} inputs in {:?}, {fell} fell", target.name, start.elapsed());
    fell
}

/// Whether the input falls, by a panic or by taking too long.
fn try_one(target: &Target, bytes: &[u8]) -> bool {
    let (before, start) = (PANICS.load(Ordering::Relaxed), Instant::now());
    let caught = catch_unwind(AssertUnwindSafe(|| (target.run)(bytes)));
    let slow = SLOW < start.elapsed();
    if slow {
        println!("{}: an input took {:?}", target.name, start.elapsed());
    }
    caught.is_err() || slow || before < PANICS.load(Ordering::Relaxed)
}

fn keep(target: &Target, bytes: &[u8]) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("failures");
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    let file = folder.join(format!("{}-{hash:016x}", target.name));
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, bytes));
    println!(
        "{}: {} {}",
        target.name,
        file.display(),
        if written.is_ok() { "" } else { "(not written)" }
    );
}

/// Pieces that readers take for something.
const WORDS: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"&amp;",
    b"&#0;",
    b"&#x110000;",
    b"\"",
    b"'",
    b"\\",
    b"\\ud800",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<table>",
    b"<tr><td>",
    b"<p>",
    b"<b>",
    b"<a href=x>",
    b"<script>",
    b"<style>",
    b"<svg>",
    b"<template>",
    b"<select>",
    b"<h1>",
    b"<article>",
    b"<li>",
    b"<form>",
    b"<br><br>",
    b"<noscript>",
    b"<math>",
    b"<title>",
    b"charset=utf-16",
    b"charset=shift_jis",
    b"\x1f\x8b\x08\0",
    b"PK\x03\x04",
    b"Content-Length: 99999999999",
    b"Content-Length: 0",
    b"WARC/1.0\r\n",
    b"From ",
    b"---\n",
    b"\x28\xb5\x2f\xfd",
    b"18446744073709551615",
    b"-1",
    b"ffffffffffffffff\r\n",
    b"\xe2\x82\xac\xe2\x84\xa2",
    b"\xc3\xa2\xe2\x82\xac",
    b"\xc3\x83\xc2\xa9",
    b"\xf0\x9f\x98\x80",
    b"\xc2\xad",
    b"\xe2\x80\x8b",
    b"\xc2\x92",
    b"\xc2\x85",
    b"<entry>",
    b"<item>",
    b"</item>",
];

fn mutate(bytes: &mut Vec<u8>, pool: &[Vec<u8>], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let rest = bytes.len() - at;
    match random.below(9) {
        0 if 0 < rest => bytes[at] = random.next() as u8,
        1 if 0 < rest => bytes[at] ^= 1 << random.below(8),
        2 => {
            let end = at + random.below(rest.min(64) + 1);
            bytes.drain(at..end);
        }
        3 | 4 => {
            let word = WORDS[random.below(WORDS.len())];
            bytes.splice(at..at, word.iter().copied());
        }
        5 => {
            let word = WORDS[random.below(WORDS.len())];
            let times = 1 + random.below(2000);
            bytes.splice(at..at, word.repeat(times));
        }
        6 => {
            let other = &pool[random.below(pool.len())];
            let start = random.below(other.len() + 1);
            let end = start + random.below((other.len() - start).min(4096) + 1);
            bytes.splice(at..at, other[start..end].iter().copied());
        }
        7 => {
            let end = at + random.below(rest.min(256) + 1);
            let copied = bytes[at..end].repeat(1 + random.below(20));
            bytes.splice(at..at, copied);
        }
        _ => bytes.truncate(at.max(1)),
    }
}

/// Xorshift: enough for choosing, the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        ((self.next() >> 11) % end.max(1) as u64) as usize
    }
}
