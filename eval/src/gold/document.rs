use chancery_text::{Report, Span};

/// The text of a gold document, ready to be read.
#[derive(Debug, Clone)]
pub struct Document {
    /// Which document, for cases.
    pub id: String,
    /// Its text, and its date where the gold states one.
    pub report: Report,
    /// Its paragraphs.
    pub blocks: Vec<Span>,
}

impl Document {
    /// A document of raw text; paragraphs end at line breaks.
    pub fn from_text(id: &str, text: &str) -> Self {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let block = Span::of(at..at + line.len()).trim(text);
            at += line.len();
            blocks.extend((!block.is_empty()).then_some(block));
        }
        let mut report = Report::from_text(id, text);
        // Corpora are of one language by declaration; a single sentence is too short to tell.
        report.metadata.language = Some("en".to_owned());
        Self { id: id.to_owned(), report, blocks }
    }

    /// The same with the day it was written on, as the gold states it.
    pub fn dated(mut self, published: Option<&str>) -> Self {
        self.report.metadata.published = published.map(str::to_owned);
        self
    }
}

/// Writes a text word by word, for corpora that have lost their spaces.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    text: String,
    glue: bool,
    quotes: [bool; 2],
}

impl Draft {
    /// Adds a token, after a space where English has one, and gives its place.
    pub fn push(&mut self, token: &str) -> Span {
        let glued = self.glue || self.text.is_empty() || self.clings(token);
        self.place(token, !glued)
    }

    /// Adds a token, after a space or not, and gives its place.
    pub fn place(&mut self, token: &str, space: bool) -> Span {
        if space && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(token);
        self.glue = self.opens(token);
        Span::of(start..self.text.len())
    }

    /// Ends a paragraph.
    pub fn end_block(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        (self.glue, self.quotes) = (false, [false; 2]);
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a token is written to the one before it.
    fn clings(&self, token: &str) -> bool {
        const CLINGS: &[&str] = &[
            ",", ".", ";", ":", "!", "?", ")", "]", "%", "''", "”", "’", "'s", "'S", "’s", "n't",
            "n’t", "'re", "'ve", "'ll", "'d", "'m", "’re", "’ve", "’ll", "’d", "’m", "...", "…",
        ];
        CLINGS.contains(&token)
            || token == "\"" && self.quotes[0]
            || token == "'" && (self.quotes[1] || self.text.ends_with('s'))
    }

    /// Whether the next token is written to this one; keeps count of straight quotation marks.
    fn opens(&mut self, token: &str) -> bool {
        match token {
            "\"" => {
                self.quotes[0] = !self.quotes[0];
                self.quotes[0]
            }
            "'" => {
                let closes = self.quotes[1] || self.text.ends_with("s'");
                self.quotes[1] = !closes;
                !closes
            }
            "(" | "[" | "“" | "‘" | "``" | "$" | "£" | "€" | "#" => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_written_as_english_is() {
        let mut draft = Draft::default();
        for token in "The envoys ' aide ( Ana ) said , \" It 's $ 5 . \"".split(' ') {
            draft.push(token);
        }
        assert_eq!(draft.text(), "The envoys' aide (Ana) said, \"It's $5.\"");
    }

    #[test]
    fn a_place_slices_its_token() {
        let mut draft = Draft::default();
        draft.push("Talks");
        draft.end_block();
        let span = draft.push("Doha");
        assert_eq!((span.slice(draft.text()), draft.text()), ("Doha", "Talks\nDoha"));
    }

    #[test]
    fn blocks_are_lines_without_their_white_space() {
        let document = Document::from_text("a", "One.\n\n  Two. \n");
        let blocks: Vec<_> = document.blocks.iter().map(|b| document.report.slice(*b)).collect();
        assert_eq!(blocks, ["One.", "Two."]);
    }
}
