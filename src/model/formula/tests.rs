use super::{Formula, Input};
use crate::model::concept::{Concept, Kind};
use crate::model::unit::Unit;

/// Every formula in the order in which it stands.
fn rows() -> impl Iterator<Item = &'static Formula> {
    Formula::all()
}

#[test]
fn every_row_names_concepts_and_units_that_there_are() {
    for row in rows() {
        let concept = Concept::named(row.concept).unwrap_or_else(|| panic!("{}", row.concept));
        assert_eq!(rows().filter(|other| other.concept == row.concept).count(), 1, "{}", row.concept);
        assert!(!row.name.is_empty() && !row.source.is_empty(), "{}", row.concept);
        assert_eq!(Unit::from_text(row.unit).is_some(), concept.kind == Kind::Quantity || row.unit.is_empty());
        for input in row.inputs {
            for id in input.concepts().iter().chain(input.kinds()) {
                let concept = Concept::named(id).unwrap_or_else(|| panic!("{}: {id}", row.concept));
                let kind = match input {
                    Input::Value(_, unit) | Input::Open(_, unit) => {
                        assert!(Unit::from_text(unit).is_some(), "{}: {unit}", row.concept);
                        Kind::Quantity
                    }
                    Input::OverUpperLimit(_) => Kind::Quantity,
                    Input::Place(_) => Kind::Code,
                    Input::Ever(..) | Input::Now(_) => Kind::Presence,
                };
                assert_eq!(concept.kind, kind, "{}: {id}", row.concept);
            }
        }
    }
}

/// The invariant of the corners: along each input, with the others where they are, the value turns nowhere.
#[test]
fn every_formula_rises_or_falls_along_each_of_its_inputs() {
    for row in rows() {
        let ranges: Vec<Vec<f64>> = row.inputs.iter().map(steps).chain(row.takes_age.then(ages)).collect();
        let mut seed = 1_u64;
        let mut any = |count: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % count
        };
        for _ in 0..400 {
            let point: Vec<f64> = ranges.iter().map(|range| range[any(range.len())]).collect();
            for (along, range) in ranges.iter().enumerate() {
                for female in [false, true] {
                    let values: Vec<f64> = range
                        .iter()
                        .map(|step| {
                            let mut point = point.clone();
                            point[along] = *step;
                            (row.value)(&point, female)
                        })
                        .collect();
                    // what cannot be told apart from rounding in the last places is level
                    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
                    let rises = values.windows(2).all(|pair| pair[0] <= pair[1] || near(pair[0], pair[1]));
                    let falls = values.windows(2).all(|pair| pair[0] >= pair[1] || near(pair[0], pair[1]));
                    assert!(rises || falls, "{} along {along} at {point:?}: {values:?}", row.concept);
                }
            }
        }
    }
}

fn ages() -> Vec<f64> {
    (18..=120).map(f64::from).collect()
}

/// Values across what is plausible and a little beyond, among them those at which scores take a step.
fn steps(input: &Input) -> Vec<f64> {
    let fine = |low: f64, high: f64| (0..=120).map(|i| low + (high - low) * f64::from(i) / 120.0).collect();
    match input {
        Input::Value(concept, unit) | Input::Open(concept, unit) => {
            let row = Concept::named(concept).unwrap();
            let (low, high) = row.plausible.unwrap();
            let to = crate::Conversion::between(row.unit.unwrap(), Unit::from_text(unit).unwrap(), row.substance);
            let [low, high] = [low, high].map(|end| to.unwrap().of(end.exact()).unwrap().to_formula());
            let mut steps: Vec<f64> = fine(low, high);
            for near in [0.7, 0.9, 1.0, 1.5, 1.7, 2.0, 2.3, 2.8, 3.0, 3.5, 4.0, 5.0, 7.0, 10.0, 100.0, 125.0, 137.0] {
                steps.extend([near * 0.999, near, near * 1.001, near * 2.0, near * 3.0]);
            }
            steps.retain(|step| *step >= low && *step <= high && *step > 0.0);
            steps.sort_by(f64::total_cmp);
            steps
        }
        Input::OverUpperLimit(_) => fine(0.01, 100.0),
        Input::Place(concept) => (0..Concept::named(concept).unwrap().codes.len()).map(|place| place as f64).collect(),
        Input::Ever(..) | Input::Now(_) => vec![0.0, 1.0],
    }
}
