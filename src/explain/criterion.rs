//! One criterion in words.

use super::words::fill;
use super::{CriterionExplanation, FactWords, Teller};
use crate::evaluate::{
    Again, Allowance, AtomEvaluation, CriterionEvaluation, Gap, GapKind, Margin, Needs, Side, Verdict,
};
use crate::model::criterion::Criterion;
use crate::model::expression::Expression;
use crate::model::record::{Absence, Fact, FactValue, Subject};
use crate::truth::Truth;

impl Teller<'_> {
    pub(super) fn criterion(&self, criterion: &Criterion, evaluated: &CriterionEvaluation) -> CriterionExplanation {
        let words = self.words;
        let text = criterion.text.get(self.reader.locale.tag()).or_else(|| criterion.text.values().next());
        let word = match (evaluated.verdict, evaluated.applies) {
            (Verdict::Pass, false) => words.not_applicable,
            (Verdict::Pass, true) => words.pass,
            (Verdict::Fail, _) => words.fail,
            (Verdict::Pending, _) => words.pending,
        };
        CriterionExplanation {
            id: criterion.id.clone(),
            category: criterion.category,
            verdict: evaluated.verdict,
            applies: evaluated.applies,
            word: word.to_owned(),
            short: text.map(|text| text.short.clone()).unwrap_or_default(),
            text: text.map(|t| if self.reader.staff { t.full.clone() } else { t.patient.clone() }).unwrap_or_default(),
            item: criterion.source.item.clone(),
            reasons: self.reasons(criterion, evaluated),
            answers: self.answers(evaluated),
            needed: evaluated.gaps.iter().map(|gap| self.needed(gap)).collect(),
            dates: [self.dates(evaluated), self.again(evaluated.again)].concat(),
        }
    }

    fn answers(&self, evaluated: &CriterionEvaluation) -> Vec<FactWords> {
        let cited = evaluated.because.iter().chain(evaluated.gaps.iter().flat_map(|gap| gap.facts.iter()));
        let mut answers: Vec<FactWords> = Vec::new();
        for id in cited {
            if answers.iter().all(|answer| answer.fact != *id)
                && let Some(fact) = self.found(id)
                && fact.value != FactValue::Complete
            {
                answers.push(self.fact(fact));
            }
        }
        answers
    }

    /// Why: for a decided criterion the leaves that decided it, for an open one what is missing.
    fn reasons(&self, criterion: &Criterion, evaluated: &CriterionEvaluation) -> Vec<String> {
        if !evaluated.applies {
            return vec![self.words.does_not_apply.to_owned()];
        }
        let mut reasons: Vec<String> = Vec::new();
        let mut add = |sentence: String| {
            if !sentence.is_empty() && !reasons.contains(&sentence) {
                reasons.push(sentence);
            }
        };
        if evaluated.verdict == Verdict::Pending {
            for atom in evaluated.atoms.iter().filter(|atom| atom.truth.is_known() && !atom.because.is_empty()) {
                add(self.decided(criterion, atom));
            }
            for gap in &evaluated.gaps {
                add(self.gap(gap));
            }
        } else {
            let decides = |atom: &&AtomEvaluation| {
                !atom.because.is_empty() && atom.because.iter().all(|id| evaluated.because.contains(id))
            };
            for atom in evaluated.atoms.iter().filter(|atom| atom.truth.is_known()).filter(decides) {
                if let Some(derived) = &atom.derived {
                    let from: Vec<String> = derived
                        .from
                        .iter()
                        .filter_map(|id| self.found(id))
                        .map(|fact| {
                            let (label, value) = (self.label(&fact.subject), self.value_of(fact));
                            fill(self.words.labelled, &[("label", &label), ("value", &value)])
                        })
                        .collect();
                    let (number, unit) = derived.value.split_once(' ').unwrap_or((&derived.value, ""));
                    add(fill(
                        self.words.derived,
                        &[
                            ("label", &self.label(&atom.subject)),
                            ("value", &self.with_unit(number, unit)),
                            ("formula", &derived.formula),
                            ("from", &from.join(self.words.list_join)),
                        ],
                    ));
                }
                if atom.derived.is_none() || atom.margin.is_some() {
                    add(self.decided(criterion, atom));
                }
            }
        }
        reasons
    }

    /// What a leaf that is known says.
    fn decided(&self, criterion: &Criterion, atom: &AtomEvaluation) -> String {
        let mut label = self.label(&atom.subject);
        if let Some(Expression::Change(_)) = criterion.expression.at(&atom.path) {
            label = fill(self.words.change_of, &[("label", &label)]);
        }
        if let Subject::Judgement(_) = *atom.subject {
            let template =
                if atom.truth == Truth::True { self.words.investigator_yes } else { self.words.investigator_no };
            return fill(template, &[("label", &label)]);
        }
        if let (Some(derived), None) = (&atom.derived, &atom.margin) {
            let (number, unit) = derived.value.split_once(' ').unwrap_or((&derived.value, ""));
            let value = self.with_unit(number, unit);
            return fill(self.words.said, &[("label", &label), ("value", &value)]);
        }
        let facts: Vec<&Fact> = atom.because.iter().filter_map(|id| self.found(id)).collect();
        let none_taken = facts.iter().all(|fact| matches!(fact.value, FactValue::Refuted(_)));
        let worded = !self.reader.staff && facts.iter().any(|fact| self.option_of(fact).is_some());
        if let Some(margin) = &atom.margin
            && !none_taken
            && !worded
        {
            return self.margin(&label, criterion.expression.at(&atom.path), margin);
        }
        let said = facts.into_iter().filter(|fact| fact.value != FactValue::Complete);
        let values: Vec<String> = said.map(|fact| self.value_of(fact)).collect();
        fill(self.words.said, &[("label", &label), ("value", &values.join(self.words.list_join))])
    }

    fn margin(&self, label: &str, leaf: Option<&Expression>, margin: &Margin) -> String {
        let words = self.words;
        let distance = margin.distance.to_string();
        let (size, outside) = match distance.strip_prefix('-') {
            Some(size) => (size, true),
            None => (distance.as_str(), false),
        };
        let value = self.with_unit(&margin.value.to_string(), &margin.unit);
        let limit = self.with_unit(&margin.limit.to_string(), &margin.unit);
        let distance = self.with_unit(size, &margin.unit);
        let template = if let Some(Expression::Elapsed(_)) = leaf {
            if outside { words.elapsed_beyond } else { words.elapsed_inside }
        } else if let Some(Expression::Present(_)) = leaf {
            if outside { words.lasting_beyond } else { words.lasting_inside }
        } else if size == "0" {
            words.exactly_at
        } else if (margin.bound == Side::High) == outside {
            words.above
        } else {
            words.below
        };
        fill(template, &[("label", label), ("value", &value), ("distance", &distance), ("limit", &limit)])
    }

    /// Why a leaf is open.
    fn gap(&self, gap: &Gap) -> String {
        let words = self.words;
        let label = self.label(&gap.subject);
        let values: Vec<String> = gap.facts.iter().filter_map(|id| self.found(id)).map(|f| self.value_of(f)).collect();
        let value = values.join(words.list_join);
        let absence = self.record.facts.iter().rev().find_map(|fact| match fact.value {
            FactValue::Absent(absence) if gap.asks.iter().any(|key| *key == fact.subject.key()) => Some(absence),
            FactValue::Absent(_)
            | FactValue::Quantity(_)
            | FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Present(_)
            | FactValue::Refuted(_)
            | FactValue::Complete => None,
        });
        let template = match (gap.kind, gap.needs) {
            (GapKind::Judgement, _) => words.judgement,
            (GapKind::Unread, _) => words.unread,
            (GapKind::Conflicting, _) => words.conflicting,
            (GapKind::Stale, _) => words.stale,
            (GapKind::Imprecise | GapKind::Incomparable, Some(Needs::Route)) => words.no_route,
            (GapKind::Imprecise, Some(Needs::Date)) => words.imprecise_date,
            (GapKind::Imprecise, Some(Needs::List)) => words.imprecise_list,
            (GapKind::Imprecise, Some(Needs::HalfLife)) => words.no_half_life,
            (GapKind::Imprecise, _) => words.imprecise,
            (GapKind::Incomparable, Some(Needs::UpperLimit)) => words.no_upper_limit,
            (GapKind::Incomparable, Some(Needs::LowerLimit)) => words.no_lower_limit,
            (GapKind::Incomparable, Some(Needs::Unit)) => words.no_unit,
            (GapKind::Incomparable, Some(Needs::Dose)) => words.no_dose,
            (GapKind::Incomparable, _) => words.incomparable,
            (GapKind::Absent, _) => match absence {
                Some(Absence::AskedUnknown) => words.not_sure,
                Some(Absence::AskedDeclined) => words.not_said,
                Some(
                    Absence::Unknown
                    | Absence::TempUnknown
                    | Absence::NotAsked
                    | Absence::Masked
                    | Absence::NotPerformed,
                )
                | None => words.unknown,
            },
        };
        fill(template, &[("label", &label), ("value", &value)])
    }

    /// What would close a gap.
    pub(super) fn needed(&self, gap: &Gap) -> String {
        let words = self.words;
        let template = match (gap.kind, gap.needs) {
            (GapKind::Judgement, _) => words.find_judgement,
            (_, Some(Needs::UpperLimit)) => words.find_upper_limit,
            (_, Some(Needs::LowerLimit)) => words.find_lower_limit,
            (_, Some(Needs::Unit)) => words.find_unit,
            (_, Some(Needs::Date)) => words.find_date,
            (_, Some(Needs::HalfLife)) => words.find_half_life,
            (_, Some(Needs::Route)) => words.find_route,
            (_, Some(Needs::List)) => words.find_list,
            (_, Some(Needs::Value)) => words.find_exact,
            (GapKind::Conflicting, _) => words.find_which,
            (GapKind::Stale, _) => words.find_newer,
            (GapKind::Absent | GapKind::Imprecise | GapKind::Incomparable | GapKind::Unread, _) => words.find_value,
        };
        fill(template, &[("label", &self.label(&gap.subject))])
    }

    /// Whether it may be tried again; to a person only from when.
    pub(super) fn again(&self, again: Option<Again>) -> Vec<String> {
        let words = self.words;
        let Some(again) = again else { return Vec::new() };
        let from = again.from.map(|from| fill(self.of(&words.again_from), &[("from", &self.date(from))]));
        let more = match again.allowed {
            Allowance::After => None,
            Allowance::Investigator => Some(words.again_investigator),
            Allowance::Never => Some(words.again_never),
        };
        let more = more.filter(|_| self.reader.staff).map(str::to_owned);
        from.filter(|_| again.allowed == Allowance::After).into_iter().chain(more).collect()
    }

    fn dates(&self, evaluated: &CriterionEvaluation) -> Vec<String> {
        let (Some(until), Some(from), Some(then)) = (evaluated.until, evaluated.from, evaluated.then) else {
            return Vec::new();
        };
        let words = self.words;
        let follows = match then {
            Verdict::Fail => words.then_fails,
            Verdict::Pass => words.then_passes,
            Verdict::Pending => words.then_open,
        };
        vec![fill(words.holds_until, &[("until", &self.date(until))]), fill(follows, &[("from", &self.date(from))])]
    }
}
