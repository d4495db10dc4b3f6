//! The best tree of a sentence from a score for each head of each word: each word's best head, and
//! where these make no tree, the maximum spanning arborescence (Chu and Liu 1965, Edmonds 1967).
//! Exactly one word hangs on the root.

/// A score of an arc. Whole numbers, so that every machine finds the same tree.
pub type ArcScore = i64;

/// What no arc scores.
const NEVER: ArcScore = ArcScore::MIN / 4;

/// The head of each word, `0` for the root and `1 + i` for word `i`. `scores` has a row for each word,
/// with a column for each head. Linear in the scores where the best heads make a tree; else cubic at
/// worst, for a bounded number of roots.
pub fn heads(scores: &[ArcScore], count: usize) -> Vec<usize> {
    let nodes = count + 1;
    let row = |word: usize| &scores[word * nodes..][..nodes];
    let greedy: Vec<_> = (0..count).map(|word| best(row(word), word)).collect();
    let roots: Vec<_> = (0..count).filter(|&word| greedy[word] == 0).collect();
    if roots.len() == 1 && is_tree(&greedy) {
        return greedy;
    }
    if count == 0 {
        return greedy;
    }
    let candidates = match roots.len() {
        0 => vec![best_root(scores, count)],
        _ => surest(roots, scores, count),
    };
    let total = |heads: &[usize]| -> ArcScore {
        heads.iter().enumerate().map(|(word, &head)| row(word)[head]).sum()
    };
    // The first of the best, so that the order of words decides ties.
    let better = |a: Vec<usize>, b: Vec<usize>| if total(&a) < total(&b) { b } else { a };
    let trees = candidates.into_iter().map(|root| rooted(scores, count, root));
    trees.reduce(better).unwrap_or_default()
}

/// Of the words that hang best on the root, those that would lose most elsewhere, in the order of words.
fn surest(mut roots: Vec<usize>, scores: &[ArcScore], count: usize) -> Vec<usize> {
    /// Words of a sentence that is likely no sentence but marks in a row.
    const LONG: usize = 200;
    const TRIED: usize = 8;
    let nodes = count + 1;
    let loss = |word: usize| {
        let row = &scores[word * nodes..][..nodes];
        let elsewhere = (1..nodes).filter(|&head| head != word + 1).map(|head| row[head]);
        row[0] - elsewhere.max().unwrap_or(NEVER)
    };
    roots.sort_by_cached_key(|&word| (std::cmp::Reverse(loss(word)), word));
    roots.truncate(if LONG < count { 1 } else { TRIED });
    roots.sort_unstable();
    roots
}

fn best(row: &[ArcScore], word: usize) -> usize {
    let mut best = 0;
    for (head, score) in row.iter().enumerate() {
        if head != word + 1 && row[best] < *score {
            best = head;
        }
    }
    best
}

/// The word that loses least by hanging on the root.
fn best_root(scores: &[ArcScore], count: usize) -> usize {
    let nodes = count + 1;
    let loss = |word: usize| {
        let row = &scores[word * nodes..][..nodes];
        row[best(row, word)] - row[0]
    };
    (0..count).min_by_key(|&word| loss(word)).unwrap_or(0)
}

fn is_tree(heads: &[usize]) -> bool {
    let mut seen = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at - 1];
        }
        if at != 0 && seen[at] == start {
            return false;
        }
    }
    true
}

/// The best tree in which only `root` hangs on the root.
fn rooted(scores: &[ArcScore], count: usize, root: usize) -> Vec<usize> {
    let nodes = count + 1;
    let mut matrix = vec![NEVER; nodes * nodes];
    for word in 0..count {
        let (from, to) = (&scores[word * nodes..][..nodes], &mut matrix[(word + 1) * nodes..]);
        if word == root {
            to[0] = from[0];
        } else {
            to[1..nodes].copy_from_slice(&from[1..]);
            to[word + 1] = NEVER;
        }
    }
    span(matrix, nodes)[1..].to_vec()
}

/// The head of each node but 0 in the best arborescence: contracts one cycle, solves the rest, and
/// opens the cycle where the rest enters it. `matrix` has a row for each dependent.
fn span(matrix: Vec<ArcScore>, nodes: usize) -> Vec<usize> {
    let row = |node: usize| &matrix[node * nodes..][..nodes];
    let mut heads = vec![0; nodes];
    heads.iter_mut().enumerate().skip(1).for_each(|(node, head)| *head = first_best(row(node)));
    let Some(cycle) = find_cycle(&heads) else { return heads };
    let mut inside = vec![false; nodes];
    cycle.iter().for_each(|&node| inside[node] = true);
    let outside: Vec<_> = (0..nodes).filter(|&node| !inside[node]).collect();
    let small = outside.len() + 1;
    let mut contracted = vec![NEVER; small * small];
    // For each node outside: the node of the cycle that is its head, and that it would be head of.
    let (mut leaves, mut enters) = (vec![0; small], vec![0; small]);
    for (new, &node) in outside.iter().enumerate() {
        for (other, &head) in outside.iter().enumerate() {
            contracted[new * small + other] = row(node)[head];
        }
        let leave = first_max(&cycle, |&inner| row(node)[inner]);
        (leaves[new], contracted[new * small + small - 1]) = (leave, row(node)[leave]);
        let gain = |&inner: &usize| (row(inner)[node] - row(inner)[heads[inner]]).max(NEVER);
        let enter = first_max(&cycle, gain);
        (enters[new], contracted[(small - 1) * small + new]) = (enter, gain(&enter));
    }
    // Not needed below: one matrix for each cycle would be cubic memory.
    drop(matrix);
    let found = span(contracted, small);
    for (new, &node) in outside.iter().enumerate().skip(1) {
        heads[node] = if found[new] == small - 1 { leaves[new] } else { outside[found[new]] };
    }
    let entry = found[small - 1];
    heads[enters[entry]] = outside[entry];
    heads
}

fn first_best(row: &[ArcScore]) -> usize {
    let mut best = 0;
    for (head, score) in row.iter().enumerate() {
        if row[best] < *score {
            best = head;
        }
    }
    best
}

fn first_max(nodes: &[usize], value: impl Fn(&usize) -> ArcScore) -> usize {
    let mut best = (ArcScore::MIN, nodes[0]);
    for node in nodes {
        let value = value(node);
        if best.0 < value {
            best = (value, *node);
        }
    }
    best.1
}

fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_roots_the_surest_are_tried() {
        // Twenty words that hang best on the root, the later the surer.
        let scores = |count: usize| -> Vec<ArcScore> {
            let row = |word: usize| {
                (0..=count).map(move |h| if h == 0 { word as ArcScore + 1 } else { 0 })
            };
            (0..count).flat_map(row).collect()
        };
        assert_eq!(surest((0..20).collect(), &scores(20), 20), (12..20).collect::<Vec<_>>());
        assert_eq!(surest((0..300).collect(), &scores(300), 300), [299]);
    }

    #[test]
    fn a_long_row_of_marks_makes_a_tree() {
        const WORDS: usize = 600;
        let score = |word: usize, head: usize| match (word * 31 + head * 17) % 97 {
            _ if head == 0 => 1_000,
            by => by as ArcScore,
        };
        let scores: Vec<_> =
            (0..WORDS).flat_map(|w| (0..=WORDS).map(move |h| score(w, h))).collect();
        let found = heads(&scores, WORDS);
        assert!(is_tree(&found));
        assert_eq!(found.iter().filter(|head| **head == 0).count(), 1);
    }

    fn brute(scores: &[ArcScore], count: usize) -> ArcScore {
        let nodes = count + 1;
        let mut best = ArcScore::MIN;
        for code in 0..nodes.pow(count as u32) {
            let heads: Vec<_> =
                (0..count).map(|word| code / nodes.pow(word as u32) % nodes).collect();
            let single = heads.iter().filter(|&&head| head == 0).count() == 1;
            if single && heads.iter().enumerate().all(|(w, &h)| h != w + 1) && is_tree(&heads) {
                let total = (0..count).map(|word| scores[word * nodes + heads[word]]).sum();
                best = best.max(total);
            }
        }
        best
    }

    #[test]
    fn trees_are_the_best_there_are() {
        let mut seed = 7u64;
        let mut worse = 0;
        for round in 0..400 {
            let count = 1 + round % 5;
            let mut draw = || {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                (seed >> 40) as ArcScore % 100
            };
            let scores: Vec<_> = (0..count * (count + 1)).map(|_| draw()).collect();
            let heads = heads(&scores, count);
            assert!(is_tree(&heads) && heads.iter().filter(|&&head| head == 0).count() == 1);
            let total: ArcScore =
                heads.iter().enumerate().map(|(w, &h)| scores[w * (count + 1) + h]).sum();
            worse += usize::from(total < brute(&scores, count));
        }
        // Only words whose best head is the root are tried as roots.
        assert!(worse < 40, "{worse}");
    }

    #[test]
    fn an_empty_sentence_has_no_heads() {
        assert!(heads(&[], 0).is_empty());
    }
}
