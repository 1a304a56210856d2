//! Random roads that no site would have: everything that the form allows at once, circles and late prerequisites too.

use roadbook::plan::Interval;
use roadbook::plan::personal::road::{Need, Road, RoadChoice, RoadStage, RoadTopic, Target};
use serde_json::{Value, json};

/// Numbers that look random; the same in every run.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    fn effort(&mut self, percent: usize) -> Option<Interval> {
        let min = self.roll(2_500) as f64 / 100.0;
        let more = self.roll(900) as f64 / 100.0;
        let max = [None, Some(min), Some(((min + more) * 100.0).round() / 100.0)][self.roll(3)];
        self.chance(percent).then_some(Interval { min, max })
    }

    fn some(&mut self, all: usize, most: usize) -> Vec<usize> {
        let mut some: Vec<usize> = (0..self.roll(most + 1)).map(|_| self.roll(all)).collect();
        some.sort_unstable();
        some.dedup();
        some
    }
}

/// A road of up to 30 topics.
pub fn road(dice: &mut Dice) -> Road {
    let (topics, stages, choices) = (1 + dice.roll(30), 1 + dice.roll(4), dice.roll(5));
    let choice = |at: usize, dice: &mut Dice| {
        let of = [vec![dice.roll(topics)], dice.some(topics, 3)].concat();
        let of: Vec<usize> =
            of.iter().enumerate().filter(|(at, one)| !of[..*at].contains(one)).map(|(_, one)| *one).collect();
        let pick = (1, 1 + dice.roll(2));
        let default = dice.chance(50).then(|| of[dice.roll(of.len())]);
        let for_options = if dice.chance(30) { dice.some(topics, 2) } else { Vec::new() };
        RoadChoice { id: format!("c{at}"), pick, of, default, for_options }
    };
    let choices: Vec<RoadChoice> = (0..choices).map(|at| choice(at, dice)).collect();
    let stage_of = |topic: usize| topic * stages / topics;
    let topic = |at: usize, dice: &mut Dice| {
        let part_of = (at > 0 && dice.chance(35)).then(|| dice.roll(at));
        RoadTopic {
            id: format!("t{at}"),
            stage: stage_of(at),
            optional: dice.chance(25),
            part_of: part_of.filter(|parent| stage_of(*parent) == stage_of(at)),
            for_options: if dice.chance(15) { options(&choices, dice) } else { Vec::new() },
            requires: (0..dice.roll(4)).map(|_| need(topics, choices.len(), dice)).collect(),
            effort: dice.effort(70),
        }
    };
    let topics = (0..topics).map(|at| topic(at, dice)).collect();
    let stage = |at: usize, dice: &mut Dice| {
        let effort = dice.effort(30);
        RoadStage { id: format!("s{at}"), bonus: at > 0 && dice.chance(15), effort }
    };
    let stages = (0..=stages).map(|at| stage(at, dice)).collect();
    Road { hours_per_week: [5.0, 7.5, 20.0][dice.roll(3)], stages, topics, choices }
}

fn options(choices: &[RoadChoice], dice: &mut Dice) -> Vec<usize> {
    let all: Vec<usize> = choices.iter().flat_map(|choice| choice.of.clone()).collect();
    if all.is_empty() { Vec::new() } else { dice.some(all.len(), 2).into_iter().map(|at| all[at]).collect() }
}

fn need(topics: usize, choices: usize, dice: &mut Dice) -> Need {
    let target = |dice: &mut Dice| match dice.roll(8) {
        0 => Target::Elsewhere(format!("far{}", dice.roll(3))),
        1 if choices > 0 => Target::Choice(dice.roll(choices)),
        _ => Target::Topic(dice.roll(topics)),
    };
    let any = dice.chance(50);
    let of = (0..if any { 1 + dice.roll(4) } else { 1 }).map(|_| target(dice)).collect();
    Need { any, of }
}

/// The road in the form of `/R/plan/road.json`.
pub fn form(road: &Road) -> Value {
    let effort = |effort: Option<Interval>| effort.map(|effort| (effort.min, effort.max));
    let target = |target: &Target| match target {
        Target::Topic(at) => json!(at),
        Target::Choice(at) => json!({"choice": at}),
        Target::Elsewhere(id) => json!(id),
    };
    let need = |need: &Need| match need.any {
        true => json!({"any": need.of.iter().map(target).collect::<Vec<_>>()}),
        false => target(&need.of[0]),
    };
    let stage = |stage: &RoadStage| tidy(json!({"id": stage.id, "bonus": stage.bonus, "effort": effort(stage.effort)}));
    let topic = |topic: &RoadTopic| {
        let needs: Vec<Value> = topic.requires.iter().map(need).collect();
        tidy(json!({
            "id": topic.id, "stage": topic.stage, "optional": topic.optional, "part_of": topic.part_of,
            "for": topic.for_options, "needs": needs, "effort": effort(topic.effort),
        }))
    };
    let choice = |choice: &RoadChoice| {
        let RoadChoice { id, pick, of, default, for_options } = choice;
        tidy(json!({"id": id, "pick": pick, "of": of, "default": default, "for": for_options}))
    };
    json!({
        "hours_per_week": road.hours_per_week,
        "stages": road.stages.iter().map(stage).collect::<Vec<_>>(),
        "topics": road.topics.iter().map(topic).collect::<Vec<_>>(),
        "choices": road.choices.iter().map(choice).collect::<Vec<_>>(),
    })
}

/// Without what the file leaves out.
fn tidy(mut value: Value) -> Value {
    if let Some(map) = value.as_object_mut() {
        map.retain(|_, value| !value.is_null() && *value != json!(false) && *value != json!([]));
    }
    value
}
