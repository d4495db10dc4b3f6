//! Linking: which reports of one block belong to one story.
