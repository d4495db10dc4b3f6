//! What a copying site puts around a text: ad slots, share bars, credits.

use super::chance::Chance;
use super::prose::Prose;

const ABOVE: [&str; 6] = [
    "[ad_1]",
    "Share on Facebook Share on Twitter",
    "By Admin",
    "Advertisement",
    "Listen to this article",
    "Home > World > Latest",
];
const BETWEEN: [&str; 5] = [
    "Advertisement",
    "ALSO READ: Five things to know this week",
    "Subscribe to our newsletter",
    "[ad_2]",
    "Story continues below",
];
const BELOW: [&str; 8] = [
    "[ad_2]",
    "Source link",
    "Share this:",
    "Related posts",
    "Leave a Reply",
    "Your email address will not be published. Required fields are marked *",
    "Follow us on Telegram for the latest news",
    "No comments:",
];

/// The text with residue around it and in it.
pub fn with_residue(prose: &Prose, chance: &mut Chance) -> Prose {
    let mut paragraphs = some(&ABOVE, 2, chance);
    for paragraph in &prose.paragraphs {
        paragraphs.push(paragraph.clone());
        if chance.happens(0.15) {
            paragraphs.extend(some(&BETWEEN, 1, chance));
        }
    }
    paragraphs.extend(some(&BELOW, 4, chance));
    Prose { paragraphs }
}

fn some(lines: &[&str], most: usize, chance: &mut Chance) -> Vec<Vec<String>> {
    let mut chosen: Vec<usize> =
        (0..1 + chance.below(most)).map(|_| chance.below(lines.len())).collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen.into_iter().map(|at| vec![lines[at].to_owned()]).collect()
}

/// The text with a line that credits an outlet.
pub fn with_credit(mut prose: Prose, outlet: &str, chance: &mut Chance) -> Prose {
    let lines = [
        format!("Source: {outlet}"),
        format!("(With information from {outlet})"),
        format!("This article originally appeared on {outlet}."),
    ];
    prose.paragraphs.extend(chance.pick(&lines).map(|line| vec![line.clone()]));
    prose
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residue_adds_lines_and_changes_none() {
        let prose = Prose::of("The envoys met.\nThe farmers waited.");
        let page = with_residue(&prose, &mut Chance::of(1, "page"));
        assert!(prose.paragraphs.iter().all(|one| page.paragraphs.contains(one)));
        assert!(prose.paragraphs.len() + 2 <= page.paragraphs.len());
    }
}
