//! A document to the text that a reader of the page sees.

use std::ops::Range;

use dom_query::{Document, Element, NodeData, NodeId, NodeRef};

/// The visible text of a page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// White space collapsed; a blank line between paragraphs, a line break between other blocks,
    /// a tab between the cells of a table.
    pub text: String,
    /// The stretches of it that came from one text node each, in order.
    pub pieces: Vec<Piece>,
    /// In order.
    pub headings: Vec<Heading>,
    /// Where an element's name says that it holds the title.
    pub titled: Option<Range<usize>>,
    /// How deep the document is, and how much text stands how deep: what its handling may cost.
    pub depth: usize,
    pub cost: u64,
    pub nodes: usize,
}

/// What came from one text node.
#[derive(Debug)]
pub(crate) struct Piece {
    pub node: NodeId,
    pub range: Range<usize>,
    pub place: Place,
    /// Counts the lines of the text.
    pub block: u32,
}

/// A heading with words in it.
#[derive(Debug)]
pub(crate) struct Heading {
    pub level: u8,
    pub range: Range<usize>,
    pub in_menu: bool,
}

/// What part of the page's frame an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Plain,
    Navigation,
    Footer,
    Aside,
    Form,
    Caption,
}

/// White space that is owed before the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    None,
    Space,
    Tab,
    Line,
    Blank,
}

/// Renders the document. Cost: linear in its size; the walk does not recurse.
pub(crate) fn render(document: &Document) -> Page {
    let mut walk = Walk::default();
    let mut next = Some(document.root());
    loop {
        next = match next {
            Some(node) => match walk.enter(&node) {
                Some(open) => {
                    walk.open.push(open);
                    walk.page.depth = walk.page.depth.max(walk.open.len());
                    node.first_child()
                }
                None => node.next_sibling(),
            },
            None => match walk.open.pop() {
                Some(open) => {
                    walk.leave(&open);
                    if walk.open.is_empty() {
                        break;
                    }
                    document.tree.next_sibling_of(&open.node)
                }
                None => break,
            },
        };
    }
    walk.page
}

#[derive(Default)]
struct Walk {
    page: Page,
    gap: Gap,
    block: u32,
    /// How many `pre` are open: inside one, line breaks count.
    kept: usize,
    /// What is open above the current node.
    open: Vec<Open>,
}

/// An element whose children are being walked.
struct Open {
    node: NodeId,
    place: Place,
    quoted: bool,
    list: bool,
    gap: Gap,
    kept: bool,
    /// How many pieces there were before it.
    before: usize,
    heading: Option<u8>,
    titled: bool,
    cell: bool,
}

impl Walk {
    /// What to open, if the children of the node are to be seen.
    fn enter(&mut self, node: &NodeRef) -> Option<Open> {
        self.page.nodes += 1;
        node.query(|tree_node| match &tree_node.data {
            NodeData::Text { contents } => {
                self.text(node.id, contents);
                None
            }
            NodeData::Element(element) => self.element(node.id, element),
            NodeData::Document | NodeData::Fragment => Some(Open::root(node.id)),
            _ => None,
        })
        .flatten()
    }

    fn element(&mut self, node: NodeId, element: &Element) -> Option<Open> {
        let name: &str = &element.name.local;
        if is_hidden(name, element) {
            return None;
        }
        if name == "br" {
            self.break_line();
        }
        let (quoted, list, above) = match self.open.last() {
            Some(open) => (open.quoted, open.list, open.place),
            None => (false, false, Place::Plain),
        };
        let open = Open {
            node,
            place: place_of(name, element, quoted).unwrap_or(above),
            quoted: quoted || name == "blockquote",
            list: list || matches!(name, "ul" | "ol" | "menu"),
            gap: gap_around(name, list),
            kept: name == "pre",
            before: self.page.pieces.len(),
            heading: heading_level(name),
            titled: self.page.titled.is_none() && is_titled(element),
            cell: matches!(name, "td" | "th"),
        };
        self.owe(open.gap);
        self.kept += usize::from(open.kept);
        Some(open)
    }

    /// The element and all below it are done.
    fn leave(&mut self, open: &Open) {
        self.owe(open.gap);
        self.kept -= usize::from(open.kept);
        let pieces = &self.page.pieces[open.before..];
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        let range = first.range.start..last.range.end;
        if open.cell && first.block != last.block {
            // A cell of several lines is layout, not data.
            self.gap = self.gap.max(Gap::Line);
        }
        if let Some(level) = open.heading {
            let in_menu = matches!(open.place, Place::Navigation | Place::Footer | Place::Form);
            self.page.headings.push(Heading { level, range, in_menu });
        } else if open.titled && self.page.titled.is_none() && first.block == last.block {
            self.page.titled = Some(range);
        }
    }

    fn break_line(&mut self) {
        self.gap = if self.gap == Gap::Line { Gap::Blank } else { self.gap.max(Gap::Line) };
    }

    fn owe(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn text(&mut self, node: NodeId, contents: &str) {
        let place = self.open.last().map_or(Place::Plain, |open| open.place);
        self.page.cost += (contents.len() * (1 + self.open.len())) as u64;
        let mut start = None;
        for char in contents.chars() {
            match char {
                '\n' if 0 < self.kept => self.break_line(),
                // Hyphens and spaces of no width only say where a line may break.
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                char if char.is_whitespace() => self.owe(Gap::Space),
                char => {
                    self.pay();
                    start.get_or_insert(self.page.text.len());
                    self.page.text.push(char);
                }
            }
        }
        if let Some(start) = start {
            let range = start..self.page.text.len();
            self.page.pieces.push(Piece { node, range, place, block: self.block });
        }
    }

    /// Writes the white space that is owed.
    fn pay(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if Gap::Line <= gap {
            self.block += 1;
        }
        if self.page.text.is_empty() {
            return;
        }
        self.page.text.push_str(match gap {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Tab => "\t",
            Gap::Line => "\n",
            Gap::Blank => "\n\n",
        });
    }
}

impl Open {
    fn root(node: NodeId) -> Self {
        Self {
            node,
            place: Place::Plain,
            quoted: false,
            list: false,
            gap: Gap::None,
            kept: false,
            before: 0,
            heading: None,
            titled: false,
            cell: false,
        }
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

fn gap_around(name: &str, in_list: bool) -> Gap {
    match name {
        "ul" | "ol" | "menu" if in_list => Gap::Line,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "ul" | "ol" | "dl"
        | "menu" | "table" | "pre" | "figure" | "figcaption" | "article" | "section" | "header"
        | "footer" | "nav" | "aside" | "main" | "form" | "fieldset" | "details" | "hr"
        | "hgroup" => Gap::Blank,
        "div" | "li" | "dt" | "dd" | "tr" | "caption" | "legend" | "summary" | "option"
        | "center" | "body" | "html" | "thead" | "tbody" | "tfoot" | "address" | "search"
        | "marquee" | "amp-sidebar" => Gap::Line,
        "td" | "th" => Gap::Tab,
        // Buttons stand apart on the page without a space between them in the source.
        "button" | "time" | "label" => Gap::Space,
        _ => Gap::None,
    }
}

/// Whether nobody sees the element on the page.
fn is_hidden(name: &str, element: &Element) -> bool {
    let never = matches!(
        name,
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "title"
            | "iframe"
            | "object"
            | "embed"
            | "audio"
            | "video"
            | "canvas"
            | "select"
            | "textarea"
            | "datalist"
            | "map"
            | "noframes"
            | "noembed"
            | "rp"
            | "annotation"
            | "annotation-xml"
            | "amp-lightbox"
            | "amp-ad"
    );
    never
        || element.attrs.iter().any(|attribute| {
            let value: &str = &attribute.value;
            match &*attribute.name.local {
                // AMP shows these two only while or when something else is missing.
                "hidden" | "fallback" | "placeholder" => true,
                "style" => is_hiding(value),
                "class" => value.split_ascii_whitespace().any(is_for_screen_readers),
                _ => false,
            }
        })
}

/// Whether the element's name says that it holds the title of the page.
fn is_titled(element: &Element) -> bool {
    element.attrs.iter().any(|attribute| match &*attribute.name.local {
        "id" | "class" => attribute.value.split_ascii_whitespace().any(is_title_name),
        "itemprop" => &*attribute.value == "headline",
        _ => false,
    })
}

fn is_title_name(name: &str) -> bool {
    let name: String =
        name.chars().filter(|char| char.is_ascii_alphabetic()).collect::<String>().to_lowercase();
    let whose =
        ["entry", "post", "article", "news", "story", "newsbody", "content", "detail", "main"];
    let title = name.strip_suffix("title").or_else(|| name.strip_suffix("headline"));
    title.is_some_and(|rest| whose.contains(&rest)) || name == "headline"
}

fn is_hiding(style: &str) -> bool {
    style.len() < 4096 && {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    }
}

fn is_for_screen_readers(class: &str) -> bool {
    matches!(
        class,
        "screen-reader-text"
            | "sr-only"
            | "visually-hidden"
            | "visuallyhidden"
            | "u-hidden-visually"
            | "element-invisible"
    )
}

/// What part of the frame the element is, if it says so.
fn place_of(name: &str, element: &Element, quoted: bool) -> Option<Place> {
    match name {
        "nav" | "menu" | "amp-sidebar" => return Some(Place::Navigation),
        // The footer of a quotation names who said it.
        "footer" if !quoted => return Some(Place::Footer),
        "aside" => return Some(Place::Aside),
        "form" | "button" | "fieldset" | "search" | "label" => return Some(Place::Form),
        "figcaption" => return Some(Place::Caption),
        _ => {}
    }
    element.attrs.iter().find_map(|attribute| match &*attribute.name.local {
        "role" => place_of_role(&attribute.value),
        "class" if matches!(name, "p" | "div" | "span" | "dd" | "small" | "em" | "td") => {
            attribute.value.split_ascii_whitespace().any(is_caption).then_some(Place::Caption)
        }
        _ => None,
    })
}

fn place_of_role(role: &str) -> Option<Place> {
    match role {
        "navigation" | "menu" | "menubar" => Some(Place::Navigation),
        "contentinfo" => Some(Place::Footer),
        "complementary" => Some(Place::Aside),
        "search" | "form" | "dialog" => Some(Place::Form),
        _ => None,
    }
}

fn is_caption(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    class == "wp-caption-text"
        || class == "caption-text"
        || class.ends_with("caption") && !class.starts_with("no") && class != "wp-caption"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        render(&Document::from(html)).text
    }

    #[test]
    fn blocks_stand_apart_and_white_space_is_collapsed() {
        assert_eq!(
            text("<p>Talks \n began&nbsp;<b>to</b>day.<p>More"),
            "Talks began today.\n\nMore"
        );
        assert_eq!(text("<div>a</div><div>b<br>c<br><br>d</div>"), "a\nb\nc\n\nd");
        assert_eq!(text("<ul><li>a<ul><li>b</ul><li>c</ul>x"), "a\nb\nc\n\nx");
        assert_eq!(text("<table><tr><td>a<td>b<tr><td>c<td>d</table>"), "a\tb\nc\td");
        assert_eq!(text("<pre>a\n  b\n\nc</pre>"), "a\nb\n\nc");
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        let html = "<title>t</title><script>s</script><p hidden>h<p style='display: none'>n\
                    <p>a<noscript>js</noscript><span class='x sr-only'>sr</span>&shy;b";
        assert_eq!(text(html), "ab");
    }

    #[test]
    fn pieces_slice_the_text_and_know_their_place() {
        let page = render(&Document::from("<nav><a>Home</a></nav><p>Talks <i>began</i></p>"));
        let slices: Vec<_> =
            page.pieces.iter().map(|p| (&page.text[p.range.clone()], p.place)).collect();
        assert_eq!(slices[0], ("Home", Place::Navigation));
        assert_eq!(slices[2], ("began", Place::Plain));
    }
}
