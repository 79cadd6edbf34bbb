//! Windows: "within 28 days before the first dose".

use crate::model::window::Window;

use super::token::Placed;

/// The window that the tokens begin with, and how many of them it takes.
#[expect(dead_code, reason = "comparisons take the window behind them from here")]
pub(super) fn window(_tokens: &[Placed]) -> Option<(Window, usize)> {
    None
}
