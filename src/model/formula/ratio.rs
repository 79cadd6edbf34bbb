//! Ratios of two results that have a name of their own.

use super::Input::Value;
use super::{Formula, PLAIN, at};

const RATIO: Formula = Formula { unit: "1", value: |x, _| at(x, 0) / at(x, 1), ..PLAIN };

pub(super) const ROWS: &[Formula] = &[
    Formula {
        concept: "ast-alt-ratio",
        name: "AST / ALT",
        source: "De Ritis F et al. Clin Chim Acta 1957;2:70–74",
        inputs: &[Value("ast", "U/L"), Value("alt", "U/L")],
        ..RATIO
    },
    Formula {
        concept: "neutrophil-lymphocyte-ratio",
        name: "neutrophils / lymphocytes",
        source: "Zahorec R. Bratisl Lek Listy 2001;102:5–14",
        inputs: &[Value("neutrophils", "10*9/L"), Value("lymphocytes", "10*9/L")],
        ..RATIO
    },
    Formula {
        concept: "uacr",
        name: "albumin / creatinine of the urine",
        source: "KDIGO 2012",
        inputs: &[Value("urine-albumin", "mg/L"), Value("urine-creatinine", "g/L")],
        unit: "mg/g",
        ..RATIO
    },
    Formula {
        concept: "upcr",
        name: "protein / creatinine of the urine",
        source: "KDIGO 2012",
        inputs: &[Value("urine-protein-concentration", "mg/L"), Value("urine-creatinine", "g/L")],
        unit: "mg/g",
        ..RATIO
    },
];
