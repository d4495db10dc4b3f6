use std::ops::ControlFlow;
#[test]
fn probe() {
    for path in std::env::var("PROBE").unwrap_or_default().split(':').filter(|p| !p.is_empty()) {
        for input in chancery_ingest::find_inputs(&[path.to_owned()]) {
            let start = std::time::Instant::now();
            let (mut n, mut f, mut bytes) = (0, 0, 0);
            chancery_ingest::read_input(&input, &Default::default(), &mut |r| {
                match r {
                    Ok(r) => { n += 1; bytes += r.text.len(); if n <= 3 && std::env::var("SHOW").is_ok() {
                        println!("=== {} {:?}\n{:#?}\n{:?}", r.source.label(), r.id, r.metadata, r.notices);
                        let mut at = 0;
                        for fu in &r.furniture {
                            print!("{}\x1b[2m[{}: {}]\x1b[0m", &r.text[at..fu.span.start as usize], fu.reason, r.slice(fu.span));
                            at = fu.span.end as usize;
                        }
                        println!("{}", &r.text[at..]);
                        println!("repairs {:?}", r.alignment.repairs().iter().take(5).collect::<Vec<_>>());
                    } }
                    Err(e) => { f += 1; if f < 5 { println!("FAULT {e}"); } }
                }
                ControlFlow::Continue(())
            });
            println!("{} reports {n} faults {f} text {bytes} {:?}", input.path, start.elapsed());
        }
    }
}
