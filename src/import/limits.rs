//! How much is read. What goes beyond is a diagnostic: `too-large`, `too-deep`, `too-long`, `too-many`.
//!
//! They lie far above what trials and records need, and low enough that nothing within them makes reading, evaluating
//! or planning take unreasonably long. README, "Limits", lists them with what was measured.

/// Bytes of a file.
pub const BYTES: usize = 8 * 1024 * 1024;
/// Bytes of a medical record that is read at once.
pub const RECORD_BYTES: usize = 64 * 1024 * 1024;
/// Results of one kind that are proposed of an export which may have millions: the newest.
pub const NEWEST: usize = 200;
/// Bytes of a pre-screening log.
pub const LOG_BYTES: usize = 64 * 1024 * 1024;
/// Objects and lists inside one another.
pub const DEPTH: usize = 64;
/// Bytes of one text.
pub const TEXT: usize = 100_000;
/// Entries of a list.
pub const LIST: usize = 20_000;
/// Keys of an object.
pub const KEYS: usize = 2_000;
/// Criteria of a trial.
pub const CRITERIA: usize = 2_000;
/// Leaves of one criterion's expression.
pub const LEAVES: usize = 200;
/// Different leaves about one thing, in all criteria together.
pub const ALIKE: usize = 50;
/// Leaves of all criteria together.
pub const ALL_LEAVES: usize = 5_000;
/// Cohorts of a trial.
pub const COHORTS: usize = 50;
/// Questions of a trial; checklists too.
pub const QUESTIONS: usize = 400;
/// Trials of one file.
pub const TRIALS: usize = 1_000;
/// Fields of a registry record that are kept though the document has no place for them.
pub const UNMAPPED: usize = 500;
/// Facts of a record.
pub const FACTS: usize = 2_000;
/// Rows of one answer: medicines, drinks, items ticked.
pub const ROWS: usize = 200;
/// Problems told of one text; what follows them is not told.
pub const PROBLEMS: usize = 100;
/// People in a table.
pub const PEOPLE: usize = 10_000_000;
/// Fields that say something, of all people of a table together.
pub const CELLS: usize = 1 << 29;
/// Different texts of all columns of a table together.
pub const TEXTS: usize = 2_000_000;
/// Bits that are worked out for all people of a table on all trials: two for each trial, each criterion and each cohort.
pub const VERDICT_BITS: u64 = 1 << 32;
