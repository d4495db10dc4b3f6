//! Trains the network of names: Adam (Kingma and Ba 2015) on the likelihood of the right labels, with
//! words, facets and hidden numbers left out at random (Srivastava et al. 2014).

use chancery_annotate::name::net::{
    FACETS, HIDDEN, Hidden, Layers, Net, ROWS, SEEN, View, WORD, Word, dot, way,
};
use chancery_annotate::name::{LABELS, OUTSIDE, cluster_key, lower_hash};
use rustc_hash::FxHashMap;

use super::clusters::{self, Row, WIDTH};
use super::crf::{Lattice, Lesson, SHARED, order};
use crate::random::Random;
use crate::vectors::WordVectors;

/// How the network is trained.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The seed of every order.
    pub seed: u64,
    /// Rounds over the lessons.
    pub rounds: usize,
    /// Runs between two steps.
    pub batch: usize,
    /// How far a number moves in the first step.
    pub rate: f32,
    /// Shares that are left out: of hidden numbers, of vectors, of facets.
    pub left_out: [f32; 3],
    /// How much all numbers are held back.
    pub hold: f32,
    /// How many words have vectors.
    pub words: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            rounds: 6,
            batch: 4,
            rate: 0.001,
            left_out: [0.3, 0.1, 0.3],
            hold: 1e-4,
            words: 60_000,
        }
    }
}

/// Vectors of words by key.
#[derive(Debug)]
pub struct Known {
    rows: Vec<Row>,
    places: FxHashMap<u32, u32>,
    keys: Vec<u32>,
}

impl Known {
    /// The first words of the vectors.
    pub fn new(vectors: &WordVectors, words: usize) -> Self {
        let rows = clusters::rows(vectors);
        let mut places = FxHashMap::default();
        let mut keys = Vec::new();
        for (place, word) in (0..).zip(vectors.words.iter().take(words)) {
            let key = cluster_key(lower_hash(word));
            places.entry(key).or_insert_with(|| {
                keys.push(key);
                place
            });
        }
        Self { rows, places, keys }
    }

    fn get(&self, key: u32) -> Option<&[f32; WIDTH]> {
        self.places.get(&key).map(|place| &self.rows[*place as usize])
    }
}

/// Trains on lessons.
pub fn train(
    lessons: &[Lesson],
    known: &Known,
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> Net {
    let mut random = Random::new(settings.seed);
    let mut trainer = Trainer::new(known, settings, &mut random);
    let mut order = order(lessons);
    let all = (order.len() * settings.rounds) as f32;
    let mut done = 0;
    for round in 0..settings.rounds {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for batch in order.chunks(settings.batch) {
            for at in batch {
                loss += f64::from(trainer.read(&lessons[*at], &mut random));
            }
            done += batch.len();
            trainer.step(settings.rate * (1.0 - done as f32 / all));
        }
        told(&format!("net, round {}: loss {:.4} a run", round + 1, loss / order.len() as f64));
    }
    trainer.net()
}

/// Means and spreads of the slopes of some numbers.
struct Moments {
    means: Vec<f32>,
    squares: Vec<f32>,
}

impl Moments {
    fn of(count: usize) -> Self {
        Self { means: vec![0.0; count], squares: vec![0.0; count] }
    }

    /// Moves the numbers from `start` on, and clears their slopes.
    fn step(
        &mut self,
        start: usize,
        numbers: &mut [f32],
        slopes: &mut [f32],
        rate: f32,
        hold: f32,
    ) {
        let end = start + numbers.len();
        let moments = self.means[start..end].iter_mut().zip(&mut self.squares[start..end]);
        for ((number, slope), (mean, square)) in numbers.iter_mut().zip(slopes).zip(moments) {
            *mean += 0.1 * (*slope - *mean);
            *square += 0.001 * (*slope * *slope - *square);
            *number -= rate * (*mean / (square.sqrt() + 1e-6) + hold * *number);
            *slope = 0.0;
        }
    }
}

/// What is seen of a word: key of its vector and rows of its facets, none of what is left out.
struct Seen {
    vector: Option<u32>,
    facets: [Option<u16>; FACETS],
}

/// Adds a row so many times.
fn add<const N: usize>(sum: &mut [f32; N], row: &[f32; N], times: f32) {
    sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += number * times);
}

/// A number from 0 to 1.
fn fraction(random: &mut Random) -> f32 {
    (random.draw() >> 40) as f32 / (1u64 << 24) as f32
}

/// A network that learns. It holds the matrix that makes words of vectors; what is trained is kept for
/// each word.
struct Trainer<'a> {
    known: &'a Known,
    settings: Settings,
    layers: Layers,
    slopes: Layers,
    project: Vec<Word>,
    project_slopes: Vec<Word>,
    moments: [Moments; 6],
    touched: Vec<u16>,
    lattice: Lattice,
    steps: i32,
}

impl<'a> Trainer<'a> {
    fn new(known: &'a Known, settings: Settings, random: &mut Random) -> Self {
        let mut draw = |spread: f32| (2.0 * fraction(random) - 1.0) * spread * 1.7;
        let layers = Layers::of(&mut draw);
        let project = (0..WIDTH).map(|_| std::array::from_fn(|_| draw(0.2))).collect();
        let counts = [
            ROWS * WORD,
            SEEN * WORD * HIDDEN,
            layers.before.len() * HIDDEN,
            layers.labels.len() * HIDDEN,
            LABELS * LABELS,
            WIDTH * WORD,
        ];
        Self {
            known,
            settings,
            layers,
            slopes: Layers::of(|_| 0.0),
            project,
            project_slopes: vec![[0.0; WORD]; WIDTH],
            moments: counts.map(Moments::of),
            touched: Vec::new(),
            lattice: Lattice::default(),
            steps: 0,
        }
    }

    /// Reads a run: adds its slopes, and gives how unlikely the right labels were.
    fn read(&mut self, lesson: &Lesson, random: &mut Random) -> f32 {
        let kept = |share: f32, random: &mut Random| share <= fraction(random);
        let own = kept(1.0 / SHARED as f32, random);
        let way = if own { way(Some(lesson.convention)) } else { 0 };
        let seen: Vec<_> =
            lesson.views.iter().map(|view| self.see(view, |share| kept(share, random))).collect();
        let words: Vec<_> = seen.iter().map(|seen| self.word(seen)).collect();
        self.lattice.words.clear();
        let mut hiddens = Vec::with_capacity(lesson.words.len());
        for window in words.windows(SEEN) {
            let hidden = self.hide(window, way, |share| kept(share, random));
            self.lattice.words.push(self.layers.label(&hidden, way));
            hiddens.push(hidden);
        }
        for (row, steps) in self.lattice.steps.iter_mut().zip(&self.layers.steps) {
            *row = steps.map(f32::exp);
        }
        let gold: Vec<u8> = lesson.words.iter().map(|word| word.gold).collect();
        let loss = self.lattice.infer(&gold);
        self.back_steps(&gold);
        let mut slopes = vec![[0.0; WORD]; words.len()];
        for (at, hidden) in hiddens.iter().enumerate() {
            let mut slope = self.lattice.likely[at];
            slope[usize::from(gold[at])] -= 1.0;
            let below = self.back_labels(&slope, hidden, way);
            self.back_hidden(&below, &words[at..at + SEEN], &mut slopes[at..at + SEEN]);
        }
        for (seen, slope) in seen.iter().zip(&slopes) {
            self.back_word(seen, slope);
        }
        loss
    }

    /// What is seen of a word this time.
    fn see(&self, view: &View, mut kept: impl FnMut(f32) -> bool) -> Seen {
        let [_, vector, facet] = self.settings.left_out;
        let vector = kept(vector).then_some(view.word);
        Seen { vector, facets: view.facets.map(|row| kept(facet).then_some(row)) }
    }

    /// What the numbers that are kept count, so that the sum is that of all in the mean.
    fn share(&self, what: usize) -> f32 {
        1.0 / (1.0 - self.settings.left_out[what])
    }

    fn word(&self, seen: &Seen) -> Word {
        let mut sum = [0.0; WORD];
        if let Some(vector) = seen.vector.and_then(|key| self.known.get(key)) {
            self.project.iter().zip(vector).for_each(|(row, number)| add(&mut sum, row, *number));
        }
        for row in seen.facets.iter().flatten() {
            add(&mut sum, &self.layers.facets[usize::from(*row)], self.share(2));
        }
        sum
    }

    fn hide(&self, words: &[Word], way: usize, mut kept: impl FnMut(f32) -> bool) -> Hidden {
        let (left_out, share) = (self.settings.left_out[0], self.share(0));
        self.layers.hide(words, way).map(|number| match number {
            ..=0.0 => 0.0,
            _ if kept(left_out) => number * share,
            _ => 0.0,
        })
    }

    fn back_steps(&mut self, gold: &[u8]) {
        for (sum, row) in self.slopes.steps.iter_mut().zip(&self.lattice.stepped) {
            add(sum, row, 1.0);
        }
        let befores = std::iter::once(&OUTSIDE).chain(gold);
        for (before, gold) in befores.zip(gold.iter().chain(std::iter::once(&OUTSIDE))) {
            self.slopes.steps[usize::from(*before)][usize::from(*gold)] -= 1.0;
        }
    }

    /// Slopes of the scores of labels, and those that follow for the hidden layer.
    fn back_labels(&mut self, slope: &[f32; LABELS], hidden: &Hidden, way: usize) -> Hidden {
        let mut below = [0.0; HIDDEN];
        for (label, slope) in slope.iter().enumerate() {
            for way in [0, way].into_iter().take(1 + way.min(1)) {
                let row = way * LABELS + label;
                add(&mut below, &self.layers.labels[row], *slope);
                add(&mut self.slopes.labels[row], hidden, *slope);
            }
        }
        let share = self.share(0);
        for (below, hidden) in below.iter_mut().zip(hidden) {
            *below *= if *hidden == 0.0 { 0.0 } else { share };
        }
        add(&mut self.slopes.before[way], &below, 1.0);
        below
    }

    fn back_hidden(&mut self, below: &Hidden, words: &[Word], slopes: &mut [Word]) {
        let rows = self.layers.hidden.iter().zip(&mut self.slopes.hidden);
        let numbers = words.iter().flatten().zip(slopes.iter_mut().flatten());
        for ((weights, sums), (number, slope)) in rows.zip(numbers) {
            *slope += dot(weights, below);
            add(sums, below, *number);
        }
    }

    fn back_word(&mut self, seen: &Seen, slope: &Word) {
        if let Some(vector) = seen.vector.and_then(|key| self.known.get(key)) {
            let rows = self.project_slopes.iter_mut().zip(vector);
            rows.for_each(|(row, number)| add(row, slope, *number));
        }
        let share = self.share(2);
        for row in seen.facets.iter().flatten() {
            add(&mut self.slopes.facets[usize::from(*row)], slope, share);
            self.touched.push(*row);
        }
    }

    fn step(&mut self, rate: f32) {
        self.steps += 1;
        let rate = rate * (1.0 - 0.999f32.powi(self.steps)).sqrt();
        let hold = self.settings.hold / 1e-3;
        let Self { layers, slopes, moments, .. } = self;
        self.touched.sort_unstable();
        self.touched.dedup();
        for row in self.touched.drain(..) {
            let at = usize::from(row);
            moments[0].step(at * WORD, &mut layers.facets[at], &mut slopes.facets[at], rate, hold);
        }
        let mut step = |at: usize, numbers: &mut [f32], slopes: &mut [f32]| {
            moments[at].step(0, numbers, slopes, rate, hold);
        };
        step(1, layers.hidden.as_flattened_mut(), slopes.hidden.as_flattened_mut());
        step(2, layers.before.as_flattened_mut(), slopes.before.as_flattened_mut());
        step(3, layers.labels.as_flattened_mut(), slopes.labels.as_flattened_mut());
        step(4, layers.steps.as_flattened_mut(), slopes.steps.as_flattened_mut());
        step(5, self.project.as_flattened_mut(), self.project_slopes.as_flattened_mut());
    }

    fn net(self) -> Net {
        let word =
            |key: &u32| (*key, self.word(&Seen { vector: Some(*key), facets: [None; FACETS] }));
        let words: Vec<_> = self.known.keys.iter().map(word).collect();
        Net::new(self.layers, words.into_iter())
    }
}

#[cfg(test)]
mod tests {
    use chancery_annotate::name::Convention;
    use chancery_annotate::name::net::REACH;

    use super::super::crf::Word as Labelled;
    use super::*;

    const UNIT: u8 = 4;

    fn view(word: u32) -> View {
        View { word, facets: [9; FACETS] }
    }

    /// A run of one word, which is a name if its vector points one way.
    fn lesson(word: u32, gold: u8) -> Lesson {
        let views = (0..SEEN).map(|at| view(if at == REACH { word } else { 0 })).collect();
        let words = vec![Labelled { keys: Vec::new(), gold }];
        Lesson { convention: Convention::Gum, words, views }
    }

    fn known() -> Known {
        let row = |word: usize| {
            let mut row = [0.0; WIDTH];
            (row[word % 2], row[2 + word]) = (0.9, 0.4);
            row
        };
        let keys: Vec<u32> = (1..=40).collect();
        let places = keys.iter().map(|key| (*key, *key - 1)).collect();
        Known { rows: (0..40).map(row).collect(), places, keys }
    }

    fn trained(seed: u64) -> Net {
        let gold = |word: u32| if word.is_multiple_of(2) { UNIT } else { OUTSIDE };
        let lessons: Vec<_> = (1..=30).map(|word| lesson(word, gold(word))).collect();
        let settings = Settings { seed, rounds: 60, ..Settings::default() };
        train(&lessons, &known(), settings, &mut |_| ())
    }

    fn scores(net: &Net, word: u32) -> [i32; LABELS] {
        let mut rows = [[0; LABELS]];
        net.add(&lesson(word, OUTSIDE).views, Some(Convention::Gum), &mut rows);
        rows[0]
    }

    #[test]
    fn words_that_were_never_read_are_known_by_their_vectors() {
        let net = trained(1);
        for word in 31..=40 {
            let row = scores(&net, word);
            let is_name = row[usize::from(OUTSIDE)] < row[usize::from(UNIT)];
            assert_eq!(is_name, word.is_multiple_of(2), "{word}: {row:?}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_network() {
        assert_eq!(scores(&trained(1), 31), scores(&trained(1), 31));
        assert_ne!(scores(&trained(1), 31), scores(&trained(2), 31));
    }
}
