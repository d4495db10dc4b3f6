use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// One file to read, standard input, or a path where nothing was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The path as given, with `/` between folders, or `-` for standard input.
    pub path: String,
    pub(crate) file: PathBuf,
    pub(crate) fault: Option<String>,
}

impl Input {
    /// The input at a path, whether or not something is there.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let file = path.into();
        Self { path: shown(&file), file, fault: None }
    }

    /// Why there is nothing to read, if that is known already.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    fn missing(path: &str, reason: String) -> Self {
        Self { path: path.to_owned(), file: PathBuf::from(path), fault: Some(reason) }
    }
}

/// The files that these inputs name: files, folders (with all below, hidden files left out), globs
/// and `-` for standard input. Sorted by path, each file once. What is not there comes as an input
/// whose reading gives a fault, so that one bad path stops nothing.
pub fn find_inputs(inputs: &[String]) -> Vec<Input> {
    let mut found: Vec<Input> = inputs.iter().flat_map(|input| expand(input)).collect();
    found.sort();
    let mut seen = BTreeSet::new();
    found.retain(|input| seen.insert(identity(input)));
    found
}

fn expand(input: &str) -> Vec<Input> {
    let path = Path::new(input);
    if input == "-" || path.is_file() {
        return vec![Input::file(path)];
    }
    if path.is_dir() {
        return some_or(walk(path), input, "the folder holds no files");
    }
    if input.contains(['*', '?', '[']) {
        return expand_glob(input);
    }
    let reason = "there is no such file or folder: check the path";
    match path.try_exists() {
        Ok(true) => vec![Input::file(path)],
        Ok(false) => vec![Input::missing(input, reason.to_owned())],
        Err(error) => vec![Input::missing(input, format!("cannot be opened: {error}"))],
    }
}

fn expand_glob(pattern: &str) -> Vec<Input> {
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    match glob::glob_with(pattern, options) {
        Err(error) => vec![Input::missing(pattern, format!("is no pattern of paths: {error}"))],
        Ok(paths) => {
            let found = paths.flatten().flat_map(|path| match path.is_dir() {
                true => walk(&path),
                false => vec![Input::file(path)],
            });
            some_or(found.collect(), pattern, "no file matches the pattern")
        }
    }
}

fn walk(folder: &Path) -> Vec<Input> {
    WalkDir::new(folder)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
        .filter_map(|entry| match entry {
            Ok(entry) => entry.file_type().is_file().then(|| Input::file(entry.into_path())),
            Err(error) => Some(unwalked(&error)),
        })
        .collect()
}

fn unwalked(error: &walkdir::Error) -> Input {
    let path = error.path().map(shown).unwrap_or_default();
    Input::missing(&path, format!("cannot be opened: {error}"))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn some_or(found: Vec<Input>, path: &str, reason: &str) -> Vec<Input> {
    match found.is_empty() {
        true => vec![Input::missing(path, reason.to_owned())],
        false => found,
    }
}

fn identity(input: &Input) -> PathBuf {
    input.file.canonicalize().unwrap_or_else(|_| input.file.clone())
}

fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    match std::path::MAIN_SEPARATOR {
        '/' => text.into_owned(),
        other => text.replace(other, "/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn paths(inputs: &[Input], base: &Path) -> Vec<String> {
        let base = format!("{}/", base.display());
        inputs.iter().map(|i| i.path.trim_start_matches(&base).to_owned()).collect()
    }

    #[test]
    fn folders_globs_and_files_are_found_sorted_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        fs::create_dir_all(base.join("b/.git")).unwrap();
        for name in ["b/two.txt", "b/one.html", "a.txt", "b/.hidden", "b/.git/config"] {
            fs::write(base.join(name), "x").unwrap();
        }
        let given = |tail: &str| format!("{}/{tail}", base.display());
        let inputs = find_inputs(&[given("b"), given("*.txt"), given("a.txt"), given("b/two.txt")]);
        assert_eq!(paths(&inputs, base), ["a.txt", "b/one.html", "b/two.txt"]);
    }

    #[test]
    fn what_is_not_there_is_listed_with_its_reason() {
        let inputs = find_inputs(&["nowhere/at-all.txt".to_owned(), "no*where".to_owned()]);
        assert!(inputs.iter().all(|input| input.fault().is_some()));
        assert_eq!(inputs.len(), 2);
    }

    #[test]
    fn a_dash_is_standard_input() {
        assert_eq!(find_inputs(&["-".to_owned()])[0].path, "-");
    }
}
