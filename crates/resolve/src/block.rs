//! Blocking: cheap keys, so that reports that may belong together meet.
