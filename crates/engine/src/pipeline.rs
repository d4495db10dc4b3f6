//! One thread reads, several work, and the calling thread takes what comes out.

use crossbeam_channel::bounded;

/// Reads `inputs` one by one, hands each to one of so many threads, and gives `take` what they make of
/// them, in whatever order they are done. At most `waiting` inputs and as many results wait, so memory is
/// bounded whatever the number of inputs. An input that is a fault is handed on as it is. When `take`
/// returns, no more is read.
pub(crate) fn pipeline<I, O, E, T>(
    threads: usize,
    waiting: usize,
    inputs: impl Iterator<Item = Result<I, E>> + Send,
    work: impl Fn(I) -> O + Sync,
    take: impl FnOnce(&mut dyn Iterator<Item = Result<O, E>>) -> T,
) -> T
where
    I: Send,
    O: Send,
    E: Send,
{
    let (to_work, read) = bounded::<Result<I, E>>(waiting);
    let (to_take, done) = bounded(waiting);
    let work = &work;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for input in inputs {
                if to_work.send(input).is_err() {
                    break;
                }
            }
        });
        for _ in 0..threads {
            let (read, to_take) = (read.clone(), to_take.clone());
            scope.spawn(move || {
                for input in read {
                    if to_take.send(input.map(work)).is_err() {
                        break;
                    }
                }
            });
        }
        // The channels close when their last sender is gone; these belong to the threads now.
        drop((to_take, read));
        take(&mut done.into_iter())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_comes_out_once_and_faults_as_they_are() {
        let inputs = (0..1000).map(|at| if at == 500 { Err(at) } else { Ok(at) });
        let mut out: Vec<Result<u64, u64>> =
            pipeline(3, 2, inputs, |at| 2 * at, |done| done.collect());
        out.sort_unstable();
        let mut expected: Vec<_> = (0..1000).filter(|at| *at != 500).map(|at| Ok(2 * at)).collect();
        expected.push(Err(500));
        assert_eq!(out, expected);
    }

    #[test]
    fn who_stops_taking_stops_the_reading() {
        let endless = (0u64..).map(Ok::<_, ()>);
        let first = pipeline(2, 2, endless, |at| at, |done| done.take(3).count());
        assert_eq!(first, 3);
    }
}
