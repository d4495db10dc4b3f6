use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use chancery_annotate::Kit;

use crate::gold::find;
use crate::{EvalError, Outcome, tasks};

chancery_text::named_enum! {
    /// What is measured.
    pub enum Task {
        /// Sentences, words, tags, lemmas and trees, from raw text.
        Syntax = "syntax",
        /// Names of persons, organisations and places.
        Names = "names",
        /// Predicates and their arguments.
        Roles = "roles",
        /// Mentions of one entity.
        Coreference = "coreference",
        /// Time expressions.
        Times = "times",
        /// The day of reports whose own dates are hidden.
        Dates = "dates",
        /// Places, with coordinates.
        Places = "places",
        /// Country and sector of actors.
        Actors = "actors",
        /// Numbers with unit and bound.
        Figures = "figures",
        /// Who did what to whom.
        Events = "events",
        /// Mentions of one event, within a report and across.
        EventCoreference = "event-coreference",
        /// Whether events happened.
        Status = "status",
        /// Who said what.
        Quotations = "quotations",
        /// Who promised, demanded, threatened what.
        Undertakings = "undertakings",
        /// Who heads, belongs to, backs, fights whom.
        Relations = "relations",
        /// Reports of one happening.
        Stories = "stories",
        /// Reports copied from one another, and which from which.
        Copies = "copies",
        /// What happens with an actor, by day.
        Timelines = "timelines",
        /// Pairs of quotations: one saying or two, and what one wording changes.
        Wordings = "wordings",
        /// Characters that are not prose.
        Residue = "residue",
        /// Facts that an analyst takes from the seed reports.
        Seeds = "seeds",
        /// What the record of the example corpus must say.
        Examples = "examples",
    }
}

impl Task {
    /// One line for a list of tasks.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Syntax => "sentences, words, tags, lemmas and trees from raw text (CoNLL-2018)",
            Self::Names => "names of persons, organisations and places, exact span and type",
            Self::Roles => "predicates, heads of their arguments, and roles (PropBank)",
            Self::Coreference => "mentions of one entity: CoNLL score without singletons, pronouns",
            Self::Times => "time expressions: span, TIMEX3 type and value (TempEval-3)",
            Self::Dates => "the day of reports whose own dates are hidden",
            Self::Places => "places: named and typed, and resolved to within 161 km",
            Self::Actors => "country and sector of actors, and one actor under many names (B³)",
            Self::Figures => "numbers: value, unit and bound",
            Self::Events => "events by PLOVER: type, quad class, source, target, direction",
            Self::EventCoreference => {
                "mentions of one event, within a report and across (CoNLL, B³)"
            }
            Self::Status => "events, given the word: happened, negated, future or uncertain",
            Self::Quotations => "quotations: content, source and cue (PolNeAR)",
            Self::Undertakings => "undertakings: kind, parties, condition, polarity",
            Self::Relations => "relations of two parties: kind, and both mentions by overlap",
            Self::Stories => "reports of one happening (B³ and pairs)",
            Self::Copies => "copies of known descent, made of reports: found, and of what",
            Self::Timelines => "what happens with an actor, by day (SemEval-2015 task 4, raw text)",
            Self::Wordings => {
                "pairs of quotations: one saying or two, and kinds of their differences"
            }
            Self::Residue => "characters that are not prose, and prose lost to them",
            Self::Seeds => "facts of the seed reports: found, and strictly with who, whom, when",
            Self::Examples => "what the record of the example corpus must say",
        }
    }

    /// What a gold path may be.
    pub const fn wanted(self) -> &'static str {
        match self {
            Self::Syntax => "a .conllu file or a folder of them (ud-ewt, gum)",
            Self::Names => {
                "IOB text (crossner-politics, wikigold), GUM's .conllu or re3d's .jsonl files"
            }
            Self::Roles => "a folder of .gold_skel files, with ud-ewt beside it (propbank-ewt)",
            Self::Coreference => "GUM's .conllu files",
            Self::Times => "MEANTIME .xml, GUM xml-* or TimeML .tml files",
            Self::Dates => {
                "JSON with text and published or date_publish (fa-kes, news-cluster, 5w1h)"
            }
            Self::Places => "GeoVirus .xml",
            Self::Actors => "plover-gsr .json, or newswcl50 _sent.txt and _annotations.csv files",
            Self::Events => "plover-gsr .json, cameo_class .tsv or cameo_ner .txt",
            Self::EventCoreference => "MEANTIME .xml annotated across reports",
            Self::Status => "MEANTIME .xml",
            Self::Quotations => "a folder with PolNeAR's text/ and attributions/",
            Self::Undertakings => {
                "texts with all undertakings marked (eval/gold/undertakings, eval/gold/reports), fa-kes or \
                 news-cluster"
            }
            Self::Relations => "re3d's folders of .jsonl files",
            Self::Stories => "a folder of news-please .json files with newsCluster",
            Self::Copies => {
                "reports to make copies of: fa-kes, news-cluster, or a corpus with expected.jsonl"
            }
            Self::Timelines => {
                "a folder with TimeLines folders and the texts beside them (timelines)"
            }
            Self::Wordings => {
                "invented pairs (eval/gold/wordings), or fa-kes, news-cluster or newswcl50"
            }
            Self::Figures => {
                "sentences with all figures marked (eval/gold/news), gold.jsonl of the \
                 seeds, or expected.jsonl of the examples"
            }
            Self::Residue | Self::Seeds => {
                "gold.jsonl of the seeds, or expected.jsonl of the examples"
            }
            Self::Examples => "expected.jsonl with reports/ beside it",
        }
    }

    /// Folders of the whole gold collection that hold gold of the task.
    pub const fn sets(self) -> &'static [&'static str] {
        match self {
            Self::Syntax => &["ud-ewt", "gum"],
            Self::Names => &["crossner-politics", "wikigold", "gum", "re3d"],
            Self::Roles => &["propbank-ewt"],
            Self::Coreference => &["gum"],
            Self::Times => &["meantime", "gum"],
            Self::Dates => &["fa-kes", "news-cluster", "5w1h"],
            Self::Places => &["geovirus"],
            Self::Actors => &["plover-gsr", "newswcl50"],
            Self::Events => &["plover-gsr", "cameo_class", "cameo_ner"],
            Self::EventCoreference | Self::Status => &["meantime"],
            Self::Quotations => &["polnear"],
            Self::Undertakings => &["fa-kes", "news-cluster"],
            Self::Relations => &["re3d"],
            Self::Stories => &["news-cluster"],
            Self::Copies => &["fa-kes"],
            Self::Timelines => &["timelines"],
            Self::Wordings => &["fa-kes", "news-cluster", "newswcl50"],
            Self::Figures | Self::Residue | Self::Seeds => &["seeds"],
            Self::Examples => &["examples"],
        }
    }
}

/// Scores one task. `gold` is a file or a folder; where a folder has a `train` and a `dev` part, `dev`
/// is scored, and where it is the whole gold collection, all sets of the task are, pooled.
///
/// Reads files, so this fails where they are missing or malformed.
pub fn run(task: Task, gold: &Path, kit: &Kit) -> Result<Outcome, EvalError> {
    let sets = find::sets(task, gold)?;
    let mut outcome = match task {
        Task::Syntax => tasks::syntax::run(&sets, kit),
        Task::Names => tasks::names::run(&sets, kit),
        Task::Roles => tasks::roles::run(&sets, kit),
        Task::Coreference => tasks::coreference::run(&sets, kit),
        Task::Times => tasks::times::run(&sets, kit),
        Task::Dates => tasks::dates::run(&sets, kit),
        Task::Places => tasks::places::run(&sets, kit),
        Task::Actors => tasks::actors::run(&sets, kit),
        Task::Figures => tasks::figures::run(&sets, kit),
        Task::Events => tasks::events::run(&sets, kit),
        Task::EventCoreference => tasks::event_coreference::run(&sets, kit),
        Task::Status => tasks::status::run(&sets, kit),
        Task::Quotations => tasks::quotations::run(&sets, kit),
        Task::Undertakings => tasks::undertakings::run(&sets, kit),
        Task::Relations => tasks::relations::run(&sets, kit),
        Task::Stories => tasks::stories::run(&sets, kit),
        Task::Copies => tasks::copies::run(&sets, kit),
        Task::Timelines => tasks::timelines::run(&sets, kit),
        Task::Wordings => tasks::wordings::run(&sets, kit),
        Task::Residue => tasks::residue::run(&sets, kit),
        Task::Seeds => tasks::facts::run(Task::Seeds, &sets, kit),
        Task::Examples => tasks::facts::run(Task::Examples, &sets, kit),
    }?;
    if outcome.items == 0 {
        let path = gold.display().to_string();
        return Err(EvalError::Nothing { path, task, wanted: task.wanted() });
    }
    outcome.gold = gold.display().to_string();
    outcome.sort_cases();
    Ok(outcome)
}

/// Scores every task on each of its sets: those below `gold`, the whole collection, and our own, the
/// example corpus and the marked sentences, where `own` is the program's source tree. Sets that are not
/// there are left out.
pub fn run_all(gold: &Path, own: &Path, kit: &Kit) -> Result<Vec<Outcome>, EvalError> {
    let mut jobs = Vec::new();
    for &task in Task::ALL {
        let below = task.sets().iter().map(|set| gold.join(set)).filter(|path| path.exists());
        let examples = own.join("examples");
        let examples = Some(examples).filter(|path| path.join("expected.jsonl").is_file());
        let marked = |set: &str| Some(own.join("eval/gold").join(set)).filter(|it| it.is_dir());
        let ours = match task {
            Task::Figures => [examples, marked("news")],
            Task::Undertakings => [marked("undertakings"), marked("reports")],
            Task::Copies | Task::Residue | Task::Examples => [examples, None],
            Task::Wordings => [marked("wordings"), None],
            _ => [None, None],
        };
        for path in below.chain(ours.into_iter().flatten()) {
            jobs.push((task, path));
        }
    }
    run_jobs(&jobs, kit)
}

/// Runs each job, several at a time, and gives their outcomes in the order of the jobs.
fn run_jobs(jobs: &[(Task, PathBuf)], kit: &Kit) -> Result<Vec<Outcome>, EvalError> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((task, path)) = jobs.get(at) else { return done };
            done.push((at, run(*task, path, kit)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut done: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, Vec<_>>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().flat_map(join).collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}
