//! A page as linked data for search engines (JSON-LD in the words of schema.org): `Course` for a roadmap,
//! `LearningResource` for a topic, and the way to each page as `BreadcrumbList`.

use serde_json::{Map, Value, json};

use super::Maker;
use crate::document::Matter;
use crate::plan::Interval;
use crate::roadmap::{Requirement, Target, TopicIx};
use crate::site::views::PageView;
use crate::urls::path;

impl Maker<'_> {
    /// A `<script>` element that no browser runs; empty when the site's address is unknown, since linked data
    /// speaks of whole addresses.
    pub(super) fn linked(&self, page: &PageView, subject: Option<Value>) -> String {
        if page.canonical.is_none() || self.site.urls.offline {
            return String::new();
        }
        let graph: Vec<Value> = subject.into_iter().chain(self.breadcrumb_list(page)).collect();
        if graph.is_empty() {
            return String::new();
        }
        let data = json!({"@context": "https://schema.org", "@graph": graph});
        // `</script>` and `<!--` in a text would end or change the element.
        let text = data.to_string().replace('<', "\\u003c");
        format!("<script type=\"application/ld+json\">{text}</script>")
    }

    /// A roadmap as a course.
    pub(super) fn course(&self, at: usize) -> Value {
        let roadmap = self.map_of(at);
        let Matter::Roadmap(matter) = &self.document(roadmap.document).matter else { return Value::Null };
        let plan = &self.site.plans[at];
        let hours = match &roadmap.claimed {
            _ if plan.total.known && plan.total.unknown == 0 => Some(plan.total.hours),
            Some(claimed) => Some(Interval::of(&claimed.value, roadmap.hours_per_week)),
            None => None,
        };
        let time = hours.map(duration);
        let stages = roadmap.stages.iter().map(|stage| {
            let url = self.site.urls.absolute(&path::stage(&roadmap.id, &stage.id));
            json!({"@type": "Syllabus", "name": stage.title, "url": url})
        });
        let instance = json!({"@type": "CourseInstance", "courseMode": "Online", "courseWorkload": time});
        without_gaps(json!({
            "@type": "Course",
            "@id": self.site.urls.absolute(&path::roadmap(&roadmap.id)),
            "name": self.site.title(roadmap.document),
            "description": matter.summary,
            "url": self.site.urls.absolute(&path::roadmap(&roadmap.id)),
            "inLanguage": self.site.config.language,
            "provider": self.provider(),
            "isAccessibleForFree": true,
            "audience": matter.audience.as_ref().map(|who| json!({"@type": "EducationalAudience", "audienceType": who})),
            "coursePrerequisites": matter.assumes,
            "keywords": matter.tags.iter().map(|tag| &tag.value).collect::<Vec<_>>(),
            "timeRequired": time,
            "syllabusSections": stages.collect::<Vec<_>>(),
            "hasCourseInstance": time.as_ref().map(|_| instance),
        }))
    }

    /// A topic as something to learn from.
    pub(super) fn learning_resource(&self, ix: TopicIx) -> Value {
        let topic = self.site.roadmaps.topic(ix);
        let Matter::Topic(matter) = &self.document(topic.document).matter else { return Value::Null };
        let courses = self.site.index.places[ix.0].iter().map(|(at, _)| {
            let roadmap = self.map_of(*at);
            json!({"@type": "Course", "@id": self.site.urls.absolute(&path::roadmap(&roadmap.id)), "name": self.site.title(roadmap.document)})
        });
        let pace = self.site.config.hours_per_week.unwrap_or(crate::config::DEFAULT_HOURS_PER_WEEK);
        without_gaps(json!({
            "@type": "LearningResource",
            "@id": self.site.urls.absolute(&path::topic(&topic.id)),
            "name": matter.title,
            "description": matter.summary,
            "url": self.site.urls.absolute(&path::topic(&topic.id)),
            "inLanguage": self.site.config.language,
            "isAccessibleForFree": true,
            "learningResourceType": "article",
            "teaches": matter.outcomes,
            "keywords": matter.tags.iter().map(|tag| &tag.value).collect::<Vec<_>>(),
            "competencyRequired": topic.requires.iter().flat_map(|needed| self.names(needed)).collect::<Vec<_>>(),
            "timeRequired": matter.effort.as_ref().map(|effort| duration(Interval::of(&effort.value, pace))),
            "dateModified": matter.updated.as_ref().map(|day| day.value.to_string()),
            "isPartOf": courses.collect::<Vec<_>>(),
        }))
    }

    fn names(&self, needed: &Requirement) -> Vec<&str> {
        let topics = needed.targets.iter().filter_map(|target| match &target.value {
            Target::Topic(topic) => Some(self.site.topic_title(*topic)),
            Target::Choice(_) => None,
        });
        topics.collect()
    }

    fn provider(&self) -> Value {
        let name = self.site.config.author.as_ref().unwrap_or(&self.site.config.title);
        json!({"@type": "Organization", "name": name, "url": self.site.urls.absolute(path::HOME)})
    }

    /// Home, what lies between, the page itself; nothing for home.
    fn breadcrumb_list(&self, page: &PageView) -> Option<Value> {
        if page.kind == "home" || page.kind == "not-found" {
            return None;
        }
        let below = |url: &str| self.site.urls.absolute(url.strip_prefix(self.site.urls.base_path()).unwrap_or(url));
        let home = (self.site.config.title.clone(), self.site.urls.absolute(path::HOME));
        let between = page.breadcrumbs.iter().map(|link| (link.title.clone(), below(&link.url)));
        let own = (page.title.clone(), self.site.urls.absolute(self.from));
        let way = std::iter::once(home).chain(between).chain([own]);
        let items = way
            .enumerate()
            .map(|(i, (name, item))| json!({"@type": "ListItem", "position": i + 1, "name": name, "item": item}));
        Some(json!({"@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>()}))
    }
}

/// The longest that something takes (the shortest where there is no end), as ISO 8601 wants durations.
fn duration(hours: Interval) -> String {
    let minutes = (hours.max.unwrap_or(hours.min) * 60.0).round() as u64;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("PT{minutes}M"),
        (hours, 0) => format!("PT{hours}H"),
        (hours, minutes) => format!("PT{hours}H{minutes}M"),
    }
}

/// Leaves out what is not known.
fn without_gaps(value: Value) -> Value {
    let Value::Object(entries) = value else { return value };
    let is_known = |value: &Value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
    Value::Object(entries.into_iter().filter(|(_, value)| is_known(value)).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_those_of_iso_8601() {
        let of = |min: f64, max: Option<f64>| duration(Interval { min, max });
        assert_eq!([of(0.5, Some(0.75)), of(1.0, Some(1.5)), of(20.0, None)], ["PT45M", "PT1H30M", "PT20H"]);
    }
}
