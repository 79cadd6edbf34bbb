//! What holds of asking on random trials, with cohorts, checklists, conditions, shared facts, several respondents and
//! answers that are not known.

use trial_prescreen::{
    Absence, Asking, Determination, Fact, FactValue, Record, Respondent, Status, Stop, Subject, Trial, evaluate,
    next_question, next_question_of_all,
};

use super::as_of;
use super::best::Best;
use super::toy::{Chance, Toy};
use crate::properties::setting;

/// What somebody says to each question: yes, no, or that it is not known.
type Says = Vec<Option<bool>>;

fn fact(number: usize, says: Option<bool>) -> Fact {
    let value = match says {
        Some(true) => FactValue::Present(Status::Current),
        Some(false) => FactValue::Refuted(Status::Current),
        None => FactValue::Absent(Absence::AskedUnknown),
    };
    Fact::new(&format!("f{number}"), Subject::Text(format!("f{number}")), value)
}

fn number(key: &str) -> usize {
    key.trim_start_matches("text:f").parse().expect("a fact")
}

fn any_says(chance: &mut Chance, count: usize) -> Says {
    (0..count).map(|_| (!chance.percent(20)).then(|| chance.percent(50))).collect()
}

/// The facts that a respondent can be asked for, one bit each.
fn askable(toy: &Toy, respondent: Respondent) -> u16 {
    let asked = |number: &usize| toy.facts[*number].askable || respondent == Respondent::Staff;
    (0..toy.facts.len()).filter(asked).fold(0, |all, number| all | 1 << number)
}

struct Case {
    toy: Toy,
    best: Best,
    trial: Trial,
    respondent: Respondent,
    says: Says,
}

fn cases(count: u64, seed: u64, mut look: impl FnMut(&mut Chance, &Case)) {
    let mut chance = Chance::new(setting("PRESCREEN_SEED").unwrap_or(1) + seed);
    for _ in 0..count * setting("PRESCREEN_CASES").unwrap_or(1) {
        let toy = Toy::any(&mut chance, 8);
        let (best, trial) = (Best::of(&toy), toy.trial());
        let respondent = [Respondent::Patient, Respondent::Caregiver, Respondent::Staff][chance.below(3)];
        let says = any_says(&mut chance, toy.facts.len());
        look(&mut chance, &Case { toy, best, trial, respondent, says });
    }
}

impl Case {
    /// Asks to the end, and looks at each question before it is answered.
    fn ask(&self, go_on: bool, detour: Option<usize>, look: &mut dyn FnMut(&[Fact], usize)) -> Vec<Fact> {
        let (mut facts, mut asked, mut bound): (Vec<Fact>, Vec<String>, _) = (Vec::new(), Vec::new(), usize::MAX);
        loop {
            let history = detour.map(|_| &asked[..]);
            let asking =
                Asking { respondent: self.respondent, go_on, asked: history, detour: detour.unwrap_or_default() };
            let plan = next_question(&self.trial, &Record::new(facts.clone()), &as_of(), asking);
            assert!(plan.at_most < bound, "the bound went from {bound} to {}: {}", plan.at_most, self.toy);
            bound = plan.at_most;
            assert_eq!(plan.question.is_none(), plan.stopped.is_some());
            let Some(ask) = plan.question else { return facts };
            for item in &ask.items {
                look(&facts, number(&item.key));
                assert!(
                    facts.iter().all(|fact| fact.subject.key() != item.key),
                    "{} asked twice: {}",
                    item.key,
                    self.toy
                );
            }
            facts.extend(ask.items.iter().map(|item| fact(number(&item.key), self.says[number(&item.key)])));
            asked.push(ask.id);
        }
    }

    fn determination(&self, facts: Vec<Fact>) -> Determination {
        evaluate(&self.trial, &Record::new(facts), &as_of()).determination
    }

    /// All that the respondent could say.
    fn everything(&self) -> Vec<Fact> {
        let may = askable(&self.toy, self.respondent);
        let said = (0..self.says.len()).filter(|number| may >> number & 1 == 1);
        said.map(|number| fact(number, self.says[number])).collect()
    }
}

#[test]
fn asking_ends() {
    cases(60, 0, |chance, case| {
        let detour = [None, Some(0), Some(1)][chance.below(3)];
        let facts = case.ask(chance.percent(50), detour, &mut |_, _| {});
        let asking = Asking { respondent: case.respondent, ..Asking::default() };
        let plan = next_question(&case.trial, &Record::new(facts.clone()), &as_of(), asking);
        let determined = case.determination(facts) != Determination::Undetermined;
        assert_eq!(plan.stopped == Some(Stop::Determined), determined, "{}", case.toy);
    });
}

/// Whatever the order, and although asking stops early, it comes to what everything that could be said comes to.
#[test]
fn question_order_never_changes_the_outcome() {
    cases(60, 1, |chance, case| {
        let whole = case.determination(case.everything());
        for detour in [None, Some(0), Some(1)] {
            assert_eq!(
                case.determination(case.ask(false, detour, &mut |_, _| {})),
                whole,
                "{} {:?}",
                case.toy,
                case.says
            );
        }
        // in any order at all, until the planner says that nothing is worth asking
        let mut rest = case.everything();
        let mut facts: Vec<Fact> = Vec::new();
        let asking = Asking { respondent: case.respondent, ..Asking::default() };
        while next_question(&case.trial, &Record::new(facts.clone()), &as_of(), asking).question.is_some() {
            facts.push(rest.remove(chance.below(rest.len())));
        }
        assert_eq!(case.determination(facts), whole, "{} {:?}", case.toy, case.says);
    });
}

/// To each question there are answers that make it decide, whatever was not known before.
#[test]
fn no_question_is_useless() {
    cases(60, 2, |chance, case| {
        let detour = [None, Some(0), Some(1)][chance.below(3)];
        let may = askable(&case.toy, case.respondent);
        case.ask(false, detour, &mut |facts, asked| {
            let state = case.best.state_of(facts);
            let open = facts.iter().fold(may, |may, fact| may & !(1 << number(&fact.subject.key())));
            let useful = case.best.decides(state, asked, open);
            assert!(useful, "f{asked} is useless for {:?}: {} {:?}", case.respondent, case.toy, case.best.told(state));
        });
    });
}

/// The same of several trials at once: asking ends, each question decides for one of them, and each comes to what it
/// comes to with everything that could be said.
#[test]
fn of_several_trials_asking_ends_no_question_is_useless_and_their_order_never_changes_the_outcome() {
    let mut chance = Chance::new(setting("PRESCREEN_SEED").unwrap_or(1) + 3);
    for _ in 0..60 * setting("PRESCREEN_CASES").unwrap_or(1) {
        let mut toys: Vec<Toy> = (0..2 + chance.below(2)).map(|_| Toy::any(&mut chance, 6)).collect();
        // what only one trial asks of the person would tell another more than it asks
        toys.iter_mut().flat_map(|toy| &mut toy.facts).for_each(|fact| fact.askable = true);
        let bests: Vec<Best> = toys.iter().map(Best::of).collect();
        let trials: Vec<Trial> = toys.iter().map(Toy::trial).collect();
        let refs: Vec<&Trial> = trials.iter().collect();
        let says = any_says(&mut chance, 8);
        let asking = Asking { go_on: false, ..Asking::default() };
        let (mut facts, mut bound): (Vec<Fact>, _) = (Vec::new(), usize::MAX);
        loop {
            let plan = next_question_of_all(&refs, &Record::new(facts.clone()), &as_of(), asking);
            assert!(plan.at_most < bound, "the bound went from {bound} to {}", plan.at_most);
            bound = plan.at_most;
            let Some(ask) = plan.question else { break };
            for item in &ask.items {
                let asked = number(&item.key);
                let decides = |(toy, best): (&Toy, &Best)| {
                    let own: Vec<Fact> =
                        facts.iter().filter(|fact| number(&fact.subject.key()) < toy.facts.len()).cloned().collect();
                    let all = (1 << toy.facts.len()) - 1;
                    let open = own.iter().fold(all, |may, fact| may & !(1 << number(&fact.subject.key())));
                    asked < toy.facts.len() && best.decides(best.state_of(&own), asked, open)
                };
                assert!(toys.iter().zip(&bests).any(decides), "{} is useless", item.key);
            }
            facts.extend(ask.items.iter().map(|item| fact(number(&item.key), says[number(&item.key)])));
        }
        for (toy, trial) in toys.iter().zip(&trials) {
            let everything = (0..toy.facts.len()).map(|number| fact(number, says[number])).collect();
            let [ours, whole] =
                [facts.clone(), everything].map(|facts| evaluate(trial, &Record::new(facts), &as_of()).determination);
            assert_eq!(ours, whole, "{toy} {says:?}");
        }
    }
}
