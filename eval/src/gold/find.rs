//! Which files of a gold path belong to a task.

use std::path::{Path, PathBuf};

use crate::{EvalError, Task};

/// The sets of a task at a path: the task's folders if the path is the whole collection, else the
/// path itself.
pub fn sets(task: Task, path: &Path) -> Result<Vec<PathBuf>, EvalError> {
    if !path.exists() {
        let source = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(EvalError::Read { path: path.display().to_string(), source });
    }
    let below: Vec<_> =
        task.sets().iter().map(|set| path.join(set)).filter(|set| set.is_dir()).collect();
    Ok(if below.is_empty() { vec![path.to_owned()] } else { below })
}

/// Every file at or below `path` that `fits`, sorted. Where some are of a `dev` part, those of a
/// `train` part are left out.
pub fn files(path: &Path, fits: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, EvalError> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    walk(path, &mut files)?;
    files.retain(|file| fits(file));
    files.sort();
    if files.iter().any(|file| part(path, file, "dev")) {
        files.retain(|file| !part(path, file, "train"));
    }
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), EvalError> {
    let fault = |source| EvalError::Read { path: folder.display().to_string(), source };
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Whether a part of the path below `root` has `name` as one of its words.
fn part(root: &Path, file: &Path, name: &str) -> bool {
    let below = file.strip_prefix(root).unwrap_or(file).to_string_lossy().to_lowercase();
    below.split(|c: char| !c.is_alphanumeric()).any(|word| word == name)
}

/// Whether the file's extension is one of `extensions`.
pub fn ends(file: &Path, extensions: &[&str]) -> bool {
    file.extension()
        .is_some_and(|have| extensions.iter().any(|want| have.eq_ignore_ascii_case(want)))
}

/// The file's name without its extension.
pub fn stem(file: &Path) -> String {
    file.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        folder
    }

    #[test]
    fn dev_is_scored_where_there_is_train_too() {
        let folder = folder(&["train.conllu", "en_ewt-ud-dev.conllu", "notes.txt"]);
        let found = files(folder.path(), |file| ends(file, &["conllu"])).unwrap();
        assert_eq!(found, [folder.path().join("en_ewt-ud-dev.conllu")]);
    }

    #[test]
    fn a_set_with_one_part_is_scored_whole() {
        let folder = folder(&["train.tsv", "more/train-2.tsv"]);
        assert_eq!(files(folder.path(), |file| ends(file, &["tsv"])).unwrap().len(), 2);
    }

    #[test]
    fn the_whole_collection_gives_the_sets_of_the_task() {
        let folder = folder(&["gum/dev.conllu", "ud-ewt/dev.conllu", "other/a.txt"]);
        let found = sets(Task::Syntax, folder.path()).unwrap();
        assert_eq!(found, [folder.path().join("ud-ewt"), folder.path().join("gum")]);
        assert!(sets(Task::Syntax, &folder.path().join("none")).is_err());
    }
}
