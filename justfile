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
    cargo test --workspace --locked

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

# The output and the screenshot in the README
readme:
    tools/readme-output

# Speed and memory, side by side in one run
bench corpus="examples/reports":
    cargo build --release --locked -p chancery-cli -p chancery-benches
    target/release/stages {{corpus}}
    target/release/phases {{corpus}}
    target/release/scale 2000 200000

# Fuzzes the readers and the cleaner for so many seconds each
fuzz seconds="600":
    cargo run --release --manifest-path fuzz/Cargo.toml --bin fuzz-readers -- --seconds {{seconds}}

# Licences, advisories, duplicates (needs cargo-deny)
deny:
    cargo deny check licenses bans sources
