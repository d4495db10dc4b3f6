//! Shapes of clauses and noun phrases that statuses ask for.

use crate::event::Status;
use crate::event::grammar::{Grammar, Index};
use crate::event::words::Mask;
use crate::syntax::Relation;

/// The word that a copula speaks of: "be" of "will be the first".
pub(super) fn predicate(grammar: &Grammar<'_>, copula: Index) -> Option<Index> {
    grammar.head(copula).filter(|_| grammar.relation(copula) == Relation::Cop)
}

/// "a plan to raise taxes failed".
pub(super) fn has_failed(grammar: &Grammar<'_>, noun: Index) -> bool {
    let failed = |head: Index| {
        matches!(grammar.word(head).lemma.as_str(), "fail" | "collapse" | "falter" | "founder")
    };
    grammar.relation(noun) == Relation::Nsubj && grammar.head(noun).is_some_and(failed)
}

/// The copula of a noun or adjective.
pub(super) fn predicate_of(grammar: &Grammar<'_>, word: Index) -> Option<Index> {
    grammar.kid(word, &[Relation::Cop])
}

/// "no longer".
pub(super) fn no_longer(grammar: &Grammar<'_>, adverb: Index) -> bool {
    matches!(grammar.word(adverb).lemma.as_str(), "long" | "longer")
        && grammar.kids(adverb).iter().any(|kid| grammar.word(*kid).lemma == "no")
}

/// "is to be held", and "to be held" as headlines have it.
pub(super) fn is_scheduled(grammar: &Grammar<'_>, verb: Index) -> bool {
    let (mut to, mut be) = (None, None);
    for kid in grammar.kids(verb) {
        let word = grammar.word(*kid);
        match word.relation {
            Relation::Mark if word.lemma == "to" => to = Some(*kid),
            Relation::Aux | Relation::AuxPass | Relation::Cop
                if word.lemma == "be" && matches!(word.xpos, "VBZ" | "VBP" | "VBD") =>
            {
                be = be.or(Some(*kid));
            }
            _ => {}
        }
    }
    to.zip(be).is_some_and(|(to, be)| be < to)
}

/// "Ruvania to sell bonds": an infinitive over all is a headline's future.
pub(super) fn of_headline(infinitive: bool, grammar: &Grammar<'_>, verb: Index) -> Status {
    if infinitive && has_to(grammar, verb) { Status::Planned } else { Status::Happened }
}

/// "are going to take place".
pub(super) fn is_going_to(grammar: &Grammar<'_>, head: Index) -> bool {
    grammar.word(head).lemma == "go" && grammar.word(head).xpos == "VBG"
}

/// Whether a verb is a gerund after a preposition: "on leaving".
pub(super) fn is_gerund(grammar: &Grammar<'_>, verb: Index) -> bool {
    let mut kids = grammar.kids(verb).iter();
    grammar.word(verb).xpos == "VBG"
        && kids.any(|kid| {
            matches!(grammar.relation(*kid), Relation::Case | Relation::Mark)
                && matches!(grammar.word(*kid).lemma.as_str(), "on" | "of" | "from" | "to" | "for")
        })
}

/// "the first", "the only", "the latest" of its kind; "the first car bomb attack" is the first attack.
pub(super) fn is_ranked(grammar: &Grammar<'_>, noun: Index) -> bool {
    let ranks = |token: &Index| {
        let lemma = grammar.word(*token).lemma.as_str();
        matches!(lemma, "first" | "second" | "third" | "last" | "late" | "latest" | "only" | "next")
    };
    let within = |kid: &Index| {
        ranks(kid)
            || grammar.relation(*kid) == Relation::Compound && grammar.kids(*kid).iter().any(ranks)
    };
    ranks(&noun) || grammar.kids(noun).iter().any(within)
}

/// "would like to thank", "we want to congratulate": whoever says so does so.
pub(super) fn is_said_by_saying_so(grammar: &Grammar<'_>, head: Index, verb: Index) -> bool {
    let said = matches!(
        grammar.word(verb).lemma.as_str(),
        "apologise"
            | "apologize"
            | "congratulate"
            | "express"
            | "say"
            | "stress"
            | "thank"
            | "welcome"
    );
    let subject = grammar.kid(head, &[Relation::Nsubj]);
    let myself =
        subject.is_some_and(|it| matches!(grammar.word(it).lemma.as_str(), "I" | "i" | "we"));
    let wish = grammar.word(head).lemma.as_str();
    said && (wish == "like" || myself && matches!(wish, "want" | "wish"))
}

/// "Siege continues, 12 killed": the participle of a headline's second half is no complement.
pub(super) fn is_told_beside(grammar: &Grammar<'_>, head: Index, verb: Index) -> bool {
    matches!(grammar.word(verb).xpos, "VBN" | "VBD")
        && matches!(grammar.word(head).lemma.as_str(), "continue" | "go" | "persist" | "resume")
}

/// The noun that a relative pronoun stands for, where its clause hangs on that.
pub(super) fn antecedent(grammar: &Grammar<'_>, pronoun: Index) -> Option<Index> {
    let relative = matches!(grammar.word(pronoun).xpos, "WDT" | "WP" | "WP$")
        || grammar.word(pronoun).lemma == "that";
    let clause = grammar.head(pronoun).filter(|_| relative)?;
    grammar.head(clause).filter(|_| grammar.relation(clause) == Relation::AclRelcl)
}

/// "expected losses to rise": verbs that speak of what is to come, whatever its subject.
pub(super) fn foretells(grammar: &Grammar<'_>, verb: Index) -> bool {
    matches!(
        grammar.word(verb).lemma.as_str(),
        "anticipate" | "envisage" | "expect" | "forecast" | "foresee" | "predict" | "project"
    )
}

/// Whether a verb has "to".
pub(super) fn has_to(grammar: &Grammar<'_>, verb: Index) -> bool {
    let to =
        |kid: &Index| grammar.relation(*kid) == Relation::Mark && grammar.word(*kid).lemma == "to";
    grammar.kids(verb).iter().any(to)
}

/// Whether a verb acts on a noun and is not done by it: "the strike was called off".
pub(super) fn is_acted_on(grammar: &Grammar<'_>, noun: Index, verb: Index) -> bool {
    let agent =
        grammar.relation(noun) == Relation::Nsubj && grammar.kid(verb, &[Relation::Obj]).is_some();
    !agent
}

/// Whether a noun is known already: "the", "this", "their".
pub(in crate::event) fn is_definite(grammar: &Grammar<'_>, noun: Index) -> bool {
    grammar.kids(noun).iter().any(|kid| {
        let word = grammar.word(*kid);
        word.relation == Relation::NmodPoss
            || word.relation == Relation::Det
                && matches!(word.lemma.as_str(), "the" | "this" | "that" | "these" | "those")
    })
}

/// What a noun or a clause takes over from what it stands in: that it is not real.
pub(super) fn unreal(status: Status) -> Status {
    match status {
        Status::UnderWay | Status::Historical => Status::Happened,
        status => status,
    }
}

/// The classes of a word as it is written, where its lemma is another: "planned" of "plan".
pub(super) fn mask_of_form(grammar: &Grammar<'_>, token: Index) -> Mask {
    let form = grammar.text.report.slice(grammar.text.tokens[token as usize].span);
    grammar.words.mask(grammar.words.symbol(form))
}

/// Verbs that make somebody act: what they govern is as real as they are.
pub(super) fn causes(grammar: &Grammar<'_>, verb: Index) -> bool {
    matches!(
        grammar.word(verb).lemma.as_str(),
        "cause"
            | "coerce"
            | "compel"
            | "convince"
            | "drive"
            | "force"
            | "induce"
            | "inspire"
            | "lead"
            | "motivate"
            | "persuade"
            | "prompt"
            | "provoke"
            | "spur"
    )
}

/// Verbs that say that somebody did something, which is then only alleged.
pub(super) fn accuses(grammar: &Grammar<'_>, verb: Index) -> bool {
    matches!(
        grammar.word(verb).lemma.as_str(),
        "accuse" | "allege" | "charge" | "indict" | "suspect"
    )
}

/// Verbs of what plans and demands hold: "a plan that includes cuts".
pub(super) fn comprises(grammar: &Grammar<'_>, verb: Index) -> bool {
    matches!(
        grammar.word(verb).lemma.as_str(),
        "comprise"
            | "contain"
            | "cover"
            | "entail"
            | "envisage"
            | "feature"
            | "foresee"
            | "include"
            | "involve"
            | "outline"
            | "provide"
            | "stipulate"
    )
}

/// Verbs of what becomes more or less, and so is there: "the loss could swell".
pub(super) fn changes(grammar: &Grammar<'_>, verb: Index) -> bool {
    matches!(
        grammar.word(verb).lemma.as_str(),
        "accelerate"
            | "decline"
            | "decrease"
            | "deepen"
            | "diminish"
            | "drop"
            | "fall"
            | "grow"
            | "increase"
            | "rise"
            | "shrink"
            | "slow"
            | "soar"
            | "spread"
            | "swell"
            | "widen"
            | "worsen"
    )
}

/// "is meeting envoys tomorrow", "next week".
pub(super) fn is_dated_ahead(grammar: &Grammar<'_>, verb: Index) -> bool {
    let ahead = |kid: &Index| matches!(grammar.word(*kid).lemma.as_str(), "coming" | "next");
    grammar.kids(verb).iter().any(|kid| {
        grammar.word(*kid).lemma == "tomorrow"
            || grammar.is(*kid, grammar.time()) && grammar.kids(*kid).iter().any(ahead)
    })
}

/// "aimed at a ceasefire", "used for the defence": prepositions that tie a purpose to a verb, known or not.
pub(super) fn is_purpose(grammar: &Grammar<'_>, noun: Index, verb: Index) -> bool {
    match grammar.word(verb).lemma.as_str() {
        "aim" => is_under(grammar, noun, "at"),
        "allocate" | "earmark" | "need" | "spend" | "use" => is_under(grammar, noun, "for"),
        _ => false,
    }
}

/// Whether a word stands under a preposition: "charged with killing".
pub(super) fn is_under(grammar: &Grammar<'_>, token: Index, preposition: &str) -> bool {
    grammar.kids(token).iter().any(|kid| {
        matches!(grammar.relation(*kid), Relation::Case | Relation::Mark)
            && grammar.word(*kid).lemma == preposition
    })
}
