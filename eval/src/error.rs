use std::path::Path;

/// Why a task could not be scored: what, where, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A file or folder could not be read.
    #[error("cannot read {path}: {source}; check the path and its permissions")]
    Read {
        /// The file or folder.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A gold file does not have the form that its task expects.
    #[error("{path}:{line}: {problem}")]
    Form {
        /// The file.
        path: String,
        /// 1-based line; 0 for the file as a whole.
        line: usize,
        /// What is wrong and what to do.
        problem: String,
    },
    /// Nothing at the path is gold of the task.
    #[error("{path} holds no gold for `{task}`; give {wanted}")]
    Nothing {
        /// The path given.
        path: String,
        /// The task.
        task: crate::Task,
        /// What the task reads.
        wanted: &'static str,
    },
}

impl EvalError {
    pub(crate) fn form(path: &Path, line: usize, problem: impl Into<String>) -> Self {
        Self::Form { path: path.display().to_string(), line, problem: problem.into() }
    }
}

/// Reads a file as UTF-8, without a byte order mark.
pub(crate) fn read_text(path: &Path) -> Result<String, EvalError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| EvalError::Read { path: path.display().to_string(), source })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
