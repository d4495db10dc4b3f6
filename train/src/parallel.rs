//! Work on as many cores as there are.

use std::num::NonZero;
use std::thread;

/// What `work` makes of each item, in their order. Panics where `work` does.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let work = &work;
    thread::scope(|scope| {
        let some = |core: usize| items.iter().skip(core).step_by(cores).map(work).collect();
        let running: Vec<_> =
            (0..cores).map(|core| scope.spawn(move || -> Vec<R> { some(core) })).collect();
        let join =
            |one: thread::ScopedJoinHandle<'_, Vec<R>>| one.join().expect("work does not panic");
        let mut parts: Vec<_> = running.into_iter().map(|one| join(one).into_iter()).collect();
        (0..items.len()).filter_map(|at| parts[at % cores].next()).collect()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<u32> = (0..101).collect();
        let doubled: Vec<u32> = items.iter().map(|item| item * 2).collect();
        assert_eq!(super::map(&items, |item| item * 2), doubled);
        assert!(super::map(&[0u8; 0], |item| *item).is_empty());
    }
}
