//! Sayings: quotations of one utterance, merged, their wordings aligned.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::quotation::{Quotation, QuotationKind};
use chancery_annotate::time::TimexType;
use chancery_text::{Interval, Kind, RowId, Span};

use super::actors::Names;
use super::alignment::{agreement, aligned, difference};
use super::components::Groups;
use super::told::{Told, content_of, shortened};
use super::{Case, made_of};
use crate::frequency;
use crate::record::{Statement, Wording};
use crate::words::{combine, hash, stem, words};

/// Content words that two wordings must share.
const LEAST: usize = 4;
/// Share of the shorter wording that must agree, by one speaker.
const ALIKE: f64 = 0.5;
/// Share that must agree where the speakers differ.
const IDENTICAL: f64 = 0.85;
/// Content words that must agree where the speakers differ.
const LEAST_IDENTICAL: usize = 7;
/// Words of a quotation that says something: two in quotation marks are a label.
const LEAST_WORDS: usize = 3;
/// Content words of a quotation that its quoted part can stand for.
const SHORT: usize = 16;
/// Quotations with one key that are all compared; in more, neighbours are.
const CROWD: usize = 48;

/// A statement's quotations, for those who ask who said it and how.
pub(super) struct Saying {
    pub id: RowId,
    pub members: Vec<Said>,
}

/// One quotation, with what comparison looks at.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// Index of the report.
    pub report: usize,
    pub id: RowId,
    /// The words, without quotation marks at the ends.
    pub text: String,
    /// From the first to the last of its words.
    pub span: Span,
    /// The story's key of the speaker.
    pub speaker: Option<String>,
    /// The speaker as written.
    pub source: String,
    addressee: Option<String>,
    kind: QuotationKind,
    /// Stretches that it was given in.
    parts: usize,
    denied: bool,
    /// Stems of its content words, in order.
    pub content: Vec<u64>,
    /// Stretches in quotation marks inside it: stems of their content words.
    quoted: Vec<Vec<u64>>,
    /// Where the speaker stands.
    pub source_span: Option<Span>,
    /// Its sentences.
    pub pieces: Vec<Piece>,
}

/// A sentence of a quotation, or the part of it that stands in one stretch.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub span: Span,
    /// Whether it is given word for word, in quotation marks.
    pub direct: bool,
    /// Whether it is a stretch of another piece: what a mixed quotation has in quotation marks.
    part: bool,
    /// Stems of all its words, in order.
    stems: Vec<u64>,
    /// How telling each is, in bits.
    bits: Vec<f64>,
}

/// Two sentences of two quotations, and the words that they share in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match<'a> {
    pub left: &'a Piece,
    pub right: &'a Piece,
    words: usize,
    /// Share of the shorter one's words.
    pub share: f64,
    /// How telling the shared words are together.
    bits: f64,
}

impl Match<'_> {
    /// Whether the two are one sentence, word for word but for a slip.
    pub(super) fn identical(&self) -> bool {
        5 <= self.words && 0.85 <= self.share && 12.0 <= self.bits
    }

    /// Whether the two are one sentence in other words, both in quotation marks.
    fn respun(&self) -> bool {
        self.direct() && 9 <= self.words && 0.6 <= self.share && 15.0 <= self.bits
    }

    /// Whether both are given word for word.
    pub(super) fn direct(&self) -> bool {
        self.left.direct && self.right.direct
    }

    /// Whether one who says both says one thing: most small words are the same too.
    fn retold(&self) -> bool {
        7 <= self.words && 0.75 <= self.share && 7.5 <= self.bits
    }

    /// Whether both are at least half of the words of their quotations.
    fn is_most(&self, left: &Said, right: &Said) -> bool {
        let half = |piece: &Piece, said: &Said| said.length() <= 2 * piece.stems.len();
        half(self.left, left) && half(self.right, right)
    }
}

impl Said {
    fn length(&self) -> usize {
        let whole = self.pieces.iter().filter(|piece| !piece.part);
        whole.map(|piece| piece.stems.len()).sum()
    }

    /// The sentences of both that share most, if any do.
    pub(super) fn closest<'a>(&'a self, other: &'a Self) -> Option<Match<'a>> {
        self.closest_of(other, |piece| !piece.part)
    }

    /// The same of what both give word for word: sentences, or what stands in quotation marks in them.
    pub(super) fn closest_marked<'a>(&'a self, other: &'a Self) -> Option<Match<'a>> {
        self.closest_of(other, |piece| piece.direct)
    }

    fn closest_of<'a>(
        &'a self,
        other: &'a Self,
        counts: impl Fn(&Piece) -> bool,
    ) -> Option<Match<'a>> {
        let left = self.pieces.iter().filter(|piece| counts(piece));
        let right: Vec<_> = other.pieces.iter().filter(|piece| counts(piece)).collect();
        let pairs = left.flat_map(|left| right.iter().map(move |right| (left, *right)));
        let matches: Vec<_> = pairs.map(|(left, right)| matched(left, right)).collect();
        let matches = matches.into_iter();
        matches.filter(|found| 5 <= found.words).max_by(|a, b| {
            let order = a.bits.mul_add(a.share, 0.0).total_cmp(&b.bits.mul_add(b.share, 0.0));
            order.then((b.left.span, b.right.span).cmp(&(a.left.span, a.right.span)))
        })
    }
}

fn matched<'a>(left: &'a Piece, right: &'a Piece) -> Match<'a> {
    let turned = right.stems.len() < left.stems.len();
    let (short, long) = if turned { (right, left) } else { (left, right) };
    let pairs = closest_run(&short.stems, &long.stems);
    let bits = pairs.iter().map(|(at, _)| short.bits[*at]).sum();
    let shorter = short.stems.len().max(1);
    // Words strewn over a much longer sentence are not the shorter one again.
    let compact = reach(&pairs) <= shorter + shorter / 2 + 1;
    let words = if compact { pairs.len() } else { 0 };
    Match { left, right, words, share: words as f64 / shorter as f64, bits }
}

/// The alignment of two sentences that lies closer together in the long one, of those found from
/// either end: a small word may stand in the long one far from the rest.
fn closest_run(short: &[u64], long: &[u64]) -> Vec<(usize, usize)> {
    let forward = aligned(short, long);
    let back = |stems: &[u64]| stems.iter().rev().copied().collect::<Vec<_>>();
    let (ends, last) = (aligned(&back(short), &back(long)), (short.len(), long.len()));
    let turned = ends.into_iter().rev().map(|(i, j)| (last.0 - 1 - i, last.1 - 1 - j));
    let backward: Vec<_> = turned.collect();
    if reach(&backward) < reach(&forward) { backward } else { forward }
}

/// Words of the long sentence from the first to the last that is aligned.
fn reach(pairs: &[(usize, usize)]) -> usize {
    pairs.first().zip(pairs.last()).map_or(0, |(first, last)| last.1 + 1 - first.1)
}

/// Sentences of a quotation that are compared.
const PIECES: usize = 12;

fn pieces(told: &Told<'_>, quotation: &Quotation) -> Vec<Piece> {
    let sentences = &told.reading.observed.sentences;
    let in_each = |content: &Span| {
        let content = *content;
        let first = sentences.partition_point(|sentence| sentence.end <= content.start);
        let near = sentences[first..].iter().take_while(move |s| s.start < content.end);
        let parts: Vec<_> = near.filter_map(|sentence| sentence.intersection(content)).collect();
        if parts.is_empty() { vec![content] } else { parts }
    };
    let direct = matches!(quotation.kind, QuotationKind::Direct | QuotationKind::Post);
    let spans = quotation.contents.iter().flat_map(in_each).take(PIECES);
    let mut pieces: Vec<_> = spans.map(|span| piece(told, span, direct, false)).collect();
    if quotation.kind == QuotationKind::Mixed {
        let parts = quotation.contents.iter().flat_map(|span| marked(told.slice(*span), *span));
        pieces.extend(parts.take(PIECES).map(|span| piece(told, span, true, true)));
    }
    pieces
}

fn piece(told: &Told<'_>, span: Span, direct: bool, part: bool) -> Piece {
    let words = words(&told.reading.report.text, span);
    Piece {
        span,
        direct,
        part,
        stems: words.iter().map(|word| hash(stem(&word.norm).as_bytes())).collect(),
        bits: words.iter().map(|word| frequency::rarity(&word.norm)).collect(),
    }
}

/// Statements, sorted by id, and their quotations in the same order.
pub(super) fn find(case: Case<'_>) -> (Vec<Statement>, Vec<Saying>) {
    let said = all(case.told, case.names);
    let mut both: Vec<_> = groups(case, &said)
        .into_iter()
        .map(|group| {
            let members: Vec<_> = group.into_iter().map(|at| said[at].clone()).collect();
            let statement = statement(case, &members);
            let saying = Saying { id: statement.id, members };
            (statement, saying)
        })
        .collect();
    both.sort_by_key(|(statement, _)| statement.id);
    both.into_iter().unzip()
}

/// Every quotation of the story that says something, sorted by id.
pub(super) fn all(told: &[Told<'_>], names: &Names) -> Vec<Said> {
    let mut said: Vec<_> = (0..told.len())
        .flat_map(|report| {
            let quotations = &told[report].reading.observed.quotations;
            let said = quotations.iter().filter(|quotation| quotation.is_said());
            said.filter_map(move |q| one(&told[report], names, report, q))
        })
        .collect();
    said.sort_by_key(|said| said.id);
    said
}

fn one(told: &Told<'_>, names: &Names, report: usize, quotation: &Quotation) -> Option<Said> {
    let text = &told.reading.report.text;
    let span = quotation.contents.iter().copied().reduce(Span::cover)?;
    let parts: Vec<_> = quotation.contents.iter().map(|span| bare(told.slice(*span))).collect();
    let key = |id: RowId| Some(names.key(told.mention(id)?.actor.as_deref()?).to_owned());
    let words = parts.iter().flat_map(|part| part.split_whitespace()).count();
    (LEAST_WORDS <= words).then(|| Said {
        report,
        id: quotation.id,
        text: parts.join(" "),
        span,
        speaker: quotation.speaker.and_then(key),
        source: quotation.source.map_or("", |span| told.slice(span)).to_owned(),
        addressee: quotation.addressee.and_then(key),
        kind: quotation.kind,
        parts: parts.len(),
        denied: quotation.denied,
        content: quotation.contents.iter().flat_map(|span| content_of(text, *span)).collect(),
        quoted: quotation.contents.iter().flat_map(|span| quoted(told.slice(*span))).collect(),
        source_span: quotation.source,
        pieces: pieces(told, quotation),
    })
}

/// A content without the quotation marks, commas and white space at its ends.
fn bare(content: &str) -> String {
    let mark = |c: char| c.is_whitespace() || "\"“”‘’'«»„,".contains(c);
    content.trim_matches(mark).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Content words of each stretch in quotation marks that begins and ends inside `content`.
fn quoted(content: &str) -> Vec<Vec<u64>> {
    let stretches = marked(content, Span::of(0..content.len())).into_iter();
    let mut found: Vec<_> = stretches.map(|span| content_of(content, span)).collect();
    found.retain(|content| 2 <= content.len());
    found
}

/// The stretches in quotation marks that begin and end inside `content`, which stands at `span`.
fn marked(content: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = content[at..].find(['“', '"', '«']) {
        let from = at + open + letter(&content[at + open..]);
        let Some(close) = content[from..].find(['”', '"', '»']) else { break };
        let start = span.start as usize;
        found.push(Span::of(start + from..start + from + close));
        at = from + close + letter(&content[from + close..]);
    }
    found
}

fn letter(rest: &str) -> usize {
    rest.chars().next().map_or(0, char::len_utf8)
}

/// Groups of quotations of one utterance: joined pair by pair, best pairs first, never so that two
/// speakers come together whose own words are not near-identical.
fn groups(case: Case<'_>, said: &[Said]) -> Vec<Vec<usize>> {
    let mut pairs: Vec<_> = candidates(said)
        .into_iter()
        .filter_map(|(i, j)| Some((likeness(case.names, &said[i], &said[j])?, i, j)))
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut groups = Groups::new(said.len());
    let mut members: BTreeMap<usize, Vec<usize>> =
        (0..said.len()).map(|at| (at, vec![at])).collect();
    for (_, i, j) in pairs {
        let (a, b) = (groups.root(i), groups.root(j));
        if a == b || !may_join(case, said, &members[&a], &members[&b]) {
            continue;
        }
        groups.join(a, b);
        let mut joined = members.remove(&a).unwrap_or_default();
        joined.extend(members.remove(&b).unwrap_or_default());
        members.insert(groups.root(a), joined);
    }
    groups.groups()
}

/// Whether two groups are one utterance on the whole: at least half of the pairs are alike, and
/// none are sayings of different people in different words. A short one needs one like it, as it
/// gives only a part.
fn may_join(case: Case<'_>, said: &[Said], left: &[usize], right: &[usize]) -> bool {
    let (mut pairs, mut alike) = (0, 0);
    for &a in left.iter().take(24) {
        for &b in right.iter().take(24) {
            pairs += 1;
            match likeness(case.names, &said[a], &said[b]) {
                Some(_) => alike += 1,
                None if speakers(case.names, &said[a], &said[b]) == Speakers::Different => {
                    return false;
                }
                None => {}
            }
        }
    }
    let short = |group: &[usize]| group.len() == 1 && said[group[0]].content.len() <= SHORT;
    pairs <= 2 * alike || short(left) || short(right)
}

/// Pairs that share a key: two neighbouring content words, or any rare one by one speaker.
pub(super) fn candidates<S: Borrow<Said>>(said: &[S]) -> BTreeSet<(usize, usize)> {
    let mut blocks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, said) in said.iter().map(Borrow::borrow).enumerate() {
        let pairs = said.content.windows(2).map(|pair| combine(pair.iter().copied()));
        let gapped = said.content.windows(3).map(|run| combine([run[0], run[2]]));
        let runs = said.pieces.iter().flat_map(runs);
        let keys: BTreeSet<_> = pairs.chain(gapped).chain(runs).collect();
        keys.into_iter().for_each(|key| blocks.entry(key).or_default().push(at));
    }
    let mut found = BTreeSet::new();
    for members in blocks.into_values() {
        let near = if members.len() <= CROWD { members.len() } else { CROWD / 4 };
        for (at, &left) in members.iter().enumerate() {
            found.extend(members[at + 1..].iter().take(near).map(|&right| (left, right)));
        }
    }
    found
}

/// Keys of the runs of three words, small ones too, that are together telling.
fn runs(piece: &Piece) -> impl Iterator<Item = u64> + '_ {
    let telling = |bits: &[f64]| 5.0 <= bits.iter().sum::<f64>();
    let runs = piece.stems.windows(3).zip(piece.bits.windows(3));
    runs.filter(move |(_, bits)| telling(bits)).map(|(run, _)| combine(run.iter().copied()))
}

/// How the speakers of two quotations stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speakers {
    Same,
    /// One is not known, or one speaks for the other.
    Open,
    Different,
}

pub(super) fn speakers(names: &Names, left: &Said, right: &Said) -> Speakers {
    match (&left.speaker, &right.speaker) {
        (Some(a), Some(b)) if a == b => Speakers::Same,
        (Some(a), Some(b)) if !names.compatible(a, b) => Speakers::Different,
        (Some(_), Some(_)) => Speakers::Open,
        _ => Speakers::Open,
    }
}

/// How alike two quotations are; `None` if they are not one utterance.
pub(super) fn likeness(names: &Names, left: &Said, right: &Said) -> Option<f64> {
    let nested = left.report == right.report && left.span.overlaps(right.span);
    if left.denied != right.denied || (nested && left.speaker != right.speaker) {
        return None;
    }
    let agreement = agreement(&left.content, &right.content);
    let speakers = speakers(names, left, right);
    let alike = match speakers {
        Speakers::Different => LEAST_IDENTICAL <= agreement.words && IDENTICAL <= agreement.share,
        _ => LEAST <= agreement.words && ALIKE <= agreement.share,
    };
    if alike {
        return Some(agreement.share);
    }
    if let Some(found) = left.closest(right).filter(|found| found.is_most(left, right)) {
        let known = left.speaker.is_some() && right.speaker.is_some();
        let one = match speakers {
            Speakers::Different => found.direct() && (found.identical() || found.respun()),
            _ => found.identical() || found.respun() || (known && found.retold()),
        };
        if one {
            return Some(found.share);
        }
    }
    let fragment = || fragment(left, right) || fragment(right, left);
    (speakers == Speakers::Same && fragment()).then_some(0.3)
}

/// Whether what a short quotation puts in quotation marks stands word for word in the other:
/// "a clean break".
fn fragment(short: &Said, long: &Said) -> bool {
    let whole = matches!(short.kind, QuotationKind::Direct).then_some(&short.content);
    let stands = |part: &Vec<u64>| {
        2 <= part.len()
            && part.len() < long.content.len()
            && long.content.windows(part.len()).any(|run| run == part)
    };
    short.parts == 1
        && short.content.len() <= SHORT
        && (short.quoted.iter().any(stands) || whole.is_some_and(stands))
}

fn statement(case: Case<'_>, members: &[Said]) -> Statement {
    let best = &members[best(case, members)];
    let speaker = speaker(case, members);
    let reports: BTreeSet<_> = members.iter().map(|said| said.report).collect();
    let mut wordings: Vec<_> = members.iter().map(|said| wording(case, best, said)).collect();
    wordings.sort_by_key(|wording| wording.quotation);
    let mut evidence: Vec<_> = members
        .iter()
        .map(|said| case.told[said.report].evidence(said.span, "wording", Some(said.id)))
        .collect();
    evidence.sort();
    let sources = members.iter().filter(|said| said.speaker == speaker && said.source.len() <= 100);
    let text = sources.map(|said| said.source.as_str()).max_by_key(|text| (text.len(), *text));
    Statement {
        id: made_of(
            Kind::Statement,
            wordings[0].report,
            wordings.iter().map(|wording| wording.quotation),
        ),
        speaker,
        speaker_text: shortened(text.unwrap_or(&best.source), 120),
        addressee: members.iter().find_map(|said| said.addressee.clone()),
        when: when(case, members),
        denied: best.denied,
        text: best.text.clone(),
        wordings,
        origins: case.origins_of(reports.iter().copied()),
        reports: reports.iter().map(|&at| case.told[at].report()).collect(),
        evidence,
    }
}

/// The wording that most origins have; then one given in quotation marks; then the one most like
/// the others; then the longest.
fn best(case: Case<'_>, members: &[Said]) -> usize {
    let mut origins: BTreeMap<&[u64], BTreeSet<RowId>> = BTreeMap::new();
    for said in members {
        origins.entry(&said.content).or_default().extend(case.origins_of([said.report]));
    }
    let rank = |said: &Said| {
        let direct = matches!(said.kind, QuotationKind::Direct | QuotationKind::Post);
        let alike = members.iter().take(40).map(|other| agreement(&said.content, &other.content));
        let alike: usize = alike.map(|agreement| agreement.words).sum();
        (origins[&said.content[..]].len(), direct, alike, said.content.len())
    };
    let order = |at: &usize| (rank(&members[*at]), std::cmp::Reverse(members[*at].id));
    (0..members.len()).max_by_key(order).unwrap_or(0)
}

/// The speaker that most origins name; a person before the body he speaks for.
fn speaker(case: Case<'_>, members: &[Said]) -> Option<String> {
    let mut voices: BTreeMap<&String, BTreeSet<RowId>> = BTreeMap::new();
    for said in members {
        if let Some(speaker) = &said.speaker {
            voices.entry(speaker).or_default().extend(case.origins_of([said.report]));
        }
    }
    let person = |key: &String| {
        case.names
            .who(key)
            .is_some_and(|who| who.kind == chancery_annotate::mention::ActorKind::Person)
    };
    let order = |(key, origins): &(&String, BTreeSet<RowId>)| {
        (origins.len(), person(key), std::cmp::Reverse((*key).clone()))
    };
    voices.into_iter().max_by_key(order).map(|(key, _)| key.clone())
}

fn wording(case: Case<'_>, best: &Said, said: &Said) -> Wording {
    let norms = |text: &str| -> Vec<String> {
        words(text, Span::of(0..text.len())).into_iter().map(|word| word.norm).collect()
    };
    Wording {
        quotation: said.id,
        report: case.told[said.report].report(),
        text: said.text.clone(),
        difference: difference(&norms(&best.text), &norms(&said.text)),
    }
}

/// The days that all members allow: the day named beside the quotation, else those of its report,
/// of which what it quotes is news.
fn when(case: Case<'_>, members: &[Said]) -> Interval {
    let days = members.iter().map(|said| {
        let told = &case.told[said.report];
        let named = beside(told, said);
        (named.is_none(), named.unwrap_or(told.date))
    });
    let mut days: Vec<_> = days.collect();
    days.sort_unstable_by_key(|(own, days)| (*own, days.last.is_none(), days.last, days.first));
    let days: Vec<_> = days.into_iter().map(|(_, days)| days).collect();
    let narrow = |when: Interval, next: &Interval| when.intersection(*next).unwrap_or(when);
    days.iter().skip(1).fold(days.first().copied().unwrap_or(Interval::OPEN), narrow)
}

/// A day named in the sentence of the quotation, outside its words and not after the report.
pub(super) fn beside(told: &Told<'_>, said: &Said) -> Option<Interval> {
    let sentence = told.sentence(said.span);
    let times = told.reading.observed.times.iter();
    let near = times.filter(|time| sentence.contains(time.span) && !said.span.overlaps(time.span));
    near.filter(|time| matches!(time.timex, TimexType::Date | TimexType::Time))
        .map(|time| time.interval)
        .find(|days| days.single_day().is_some() && days.first <= told.date.last.or(days.first))
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, sample::Sample};
    use super::{closest_run, reach};

    const FIRST: &str = "We hope the Orlen rebels will remove all obstacles and create enabling conditions for trade";
    const SECOND: &str =
        "We hope the Orlen rebels remove all barriers and create conditions that enable trade";

    fn kolm(text: &str) -> Sample {
        Sample::new(text).person("Ruta Kolm", "person:ruta-kolm", "RUV", "foreign minister")
    }

    #[test]
    fn only_whole_stretches_in_quotation_marks_are_marked() {
        let text = "that “the old bridge” and the road are “safe";
        let found = super::marked(text, chancery_text::Span::of(0..text.len()));
        assert_eq!(
            found.iter().map(|span| span.slice(text)).collect::<Vec<_>>(),
            ["the old bridge"]
        );
    }

    #[test]
    fn two_wordings_of_one_speaker_are_one_statement_with_their_difference() {
        let one = kolm(&format!("“{FIRST},” Ruta Kolm said.")).says("Ruta Kolm", FIRST);
        let two = kolm(&format!("“{SECOND},” Ruta Kolm said.")).says("Ruta Kolm", SECOND);
        let statements = resolve(&[one.reading(), two.reading()]).statements;
        assert_eq!(statements.len(), 1);
        let differences: Vec<_> =
            statements[0].wordings.iter().map(|w| w.difference.as_str()).collect();
        assert!(differences.contains(&""), "{differences:?}");
        assert!(differences.iter().any(|d| d.contains("barriers") && d.contains("obstacles")));
    }

    #[test]
    fn two_speakers_who_share_a_phrase_made_two_statements() {
        let framework = "to establish a political framework for open interaction with all parties";
        let other = "ready to establish a political framework that protects women and children";
        let one = kolm(&format!("Ruta Kolm intends {framework}.")).says("Ruta Kolm", framework);
        let two = Sample::new(&format!("Odo Brandt is {other}."))
            .person("Odo Brandt", "person:odo-brandt", "SAL", "rebel leader")
            .says("Odo Brandt", other);
        assert_eq!(resolve(&[one.reading(), two.reading()]).statements.len(), 2);
    }

    #[test]
    fn a_fragment_in_quotation_marks_belongs_to_the_whole() {
        let whole = "the rebels must make a clean start with all armed groups of the north";
        let part = "make “a clean start” with the smugglers";
        let one = kolm(&format!("Ruta Kolm said {whole}.")).says("Ruta Kolm", whole);
        let two = kolm(&format!("Ruta Kolm told them to {part}.")).says("Ruta Kolm", part);
        assert_eq!(resolve(&[one.reading(), two.reading()]).statements.len(), 1);
    }

    #[test]
    fn a_saying_without_a_day_is_of_the_day_of_its_report() {
        let one = kolm(&format!("“{FIRST},” Ruta Kolm said.")).says("Ruta Kolm", FIRST);
        let statements = resolve(&[one.dated("2021-07-05").reading()]).statements;
        assert_eq!(statements[0].when.to_string(), "2021-07-05");
    }

    #[test]
    fn a_short_sentence_given_again_with_respun_words_is_one_statement() {
        let first = "it remained to be seen whether Sallet would honour its side of the deal";
        let other = "it stayed to be seen whether Sallet would respect its side of the pact";
        let one = kolm(&format!("Ruta Kolm said {first}.")).says("Ruta Kolm", first);
        let two = kolm(&format!("Ruta Kolm said {other}.")).says("Ruta Kolm", other);
        assert_eq!(resolve(&[one.reading(), two.reading()]).statements.len(), 1);
    }

    #[test]
    fn a_small_word_far_from_the_rest_does_not_hide_a_shared_sentence() {
        // "of … the" stands early in the long one and could be aligned in place of "failure of".
        let (short, long) = ([1, 2, 3, 4, 5, 6], [9, 2, 4, 8, 7, 6, 9, 8, 3, 1, 2, 4, 5, 6]);
        let pairs = closest_run(&short, &long);
        assert_eq!((pairs.len(), reach(&pairs)), (5, 5));
    }
}
