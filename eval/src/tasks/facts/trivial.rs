use super::judge::Verdict;
use super::world::{Standing, World};
use crate::baseline;
use crate::gold::facts::Fact;

/// What a reader finds who only looks at sentences: the first three tell events, those with a key word
/// the rest; capitals are actors, digits figures, short lines residue; all reports are one story and
/// none is a copy.
pub fn judge(fact: &Fact, world: &World<'_>) -> Verdict {
    let kind = fact.kind.as_str();
    match kind {
        "story" | "story_arc" | "story_happening" => return Verdict::plain(true),
        "not_copy" | "not_same_event" | "not_same_statement" | "not_disagreement"
        | "not_same_quote" => {
            return Verdict::plain(true);
        }
        "not_boilerplate" | "not_residue" => return Verdict::plain(!short(fact, world)),
        "boilerplate" | "residue" => return Verdict::plain(short(fact, world)),
        _ => {}
    }
    let Some(standing) = fact.sites.first().and_then(|site| world.standing(site)) else {
        return Verdict::default();
    };
    Verdict { found: found(kind, &standing), ..Verdict::default() }
}

fn short(fact: &Fact, world: &World<'_>) -> bool {
    let standing = fact.sites.first().and_then(|site| world.standing(site));
    standing.is_some_and(|one| one.meets_any(baseline::short_lines(&one.at.reading.report.text)))
}

fn found(kind: &str, standing: &Standing<'_>) -> bool {
    let text = &standing.at.reading.report.text;
    let cued = |cues: &[&str]| {
        let sentences = baseline::sentences(text).into_iter().filter(|one| standing.meets(*one));
        let lower: Vec<_> = sentences.map(|one| one.slice(text).to_lowercase()).collect();
        lower.iter().any(|sentence| cues.iter().any(|cue| sentence.contains(cue)))
    };
    match kind {
        "event" | "background_event" => {
            standing.meets_any(baseline::sentences(text).into_iter().take(3))
        }
        "event_planned" | "event_hypothetical" => cued(&[" will ", "if "]),
        "event_negated" => cued(&[" not ", " no "]),
        "statement" | "quote_drift" => cued(&["“", "\"", " said"]),
        "denial" => cued(&["den"]),
        "commitment" | "threat" => cued(&["will ", "would "]),
        "demand" => cued(&["must", "should", "call"]),
        "condition" => cued(&["if ", "unless"]),
        "expectation" => cued(&["expect"]),
        "figure" => standing.meets_any(baseline::numbers(text).into_iter().map(|(span, _)| span)),
        "provenance" | "credit" => cued(&["(", "source", "by "]),
        "actor" | "place" | "variant" | "actor_role" | "framing" => {
            standing.meets_any(baseline::capitalised(text))
        }
        _ => false,
    }
}
