//! Prints the copies that `chancery eval copies` makes, a JSON object a line, to be read by a person:
//!
//! ```text
//! cargo run --release -p chancery-eval --example copies -- ../shared/gold/fa-kes > copies.jsonl
//! ```

#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

use chancery_eval::copies::{Pool, families};

fn main() -> Result<(), chancery_eval::EvalError> {
    let sets: Vec<_> = std::env::args().skip(1).map(Into::into).collect();
    let pool = Pool::read(&sets)?;
    for copy in families(&pool, 60) {
        let line = serde_json::json!({
            "id": copy.report.id.to_string(),
            "making": copy.making.name(),
            "of": copy.parents.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "published": copy.report.metadata.published,
            "outlet": copy.report.metadata.outlet,
            "text": copy.report.text,
        });
        println!("{line}");
    }
    for source in &pool.sources {
        let line = serde_json::json!({"id": source.report.id.to_string(), "label": source.label, "making": "", "text": source.report.text});
        println!("{line}");
    }
    for (left, right) in pool.apart() {
        let ids = [left, right].map(|at| pool.sources[at].report.id.to_string());
        println!("{}", serde_json::json!({"making": "apart", "of": ids}));
    }
    Ok(())
}
