# What people do here. `just` lists it.

default:
    @just --list

# Everything that the gate checks
check: format lint test floors

format:
    cargo fmt --all --check

lint:
    cargo clippy --workspace --all-targets --locked -- -D warnings

test:
    cargo nextest run --workspace --locked
    cargo test --workspace --locked --doc

# Scores against their floors; the sets lie outside the project and are skipped where they are not
floors gold="../shared/gold":
    .ci/floors {{gold}}

# Writes eval/results anew, so that a change shows which cases moved
results gold="../shared/gold":
    cargo run --release --locked -- eval all --gold {{gold}} --cases eval/results

# Reads the example corpus and writes its brief
example:
    cargo run --release --locked -- read examples/reports --into target/example.db
    cargo run --release --locked -- brief target/example.db -o target/brief.html

# The screenshot in the README
screenshot: example
    tools/screenshot target/brief.html docs/brief.png

# Speed and memory, side by side in one run
bench:
    cargo bench --workspace --locked

# Fuzzes the readers and the cleaner for so many seconds each
fuzz seconds="600":
    cargo run --release --manifest-path fuzz/Cargo.toml --bin fuzz-readers -- --seconds {{seconds}}

# Licences, advisories, duplicates (needs cargo-deny)
deny:
    cargo deny check licenses bans sources
