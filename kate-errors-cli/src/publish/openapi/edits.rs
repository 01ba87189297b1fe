//! Edits of a document: members that are set, or taken away.

use serde_json::{Map, Value};

/// The edits of one object, by the names of its members, in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Edits {
    members: Vec<(String, Edit)>,
    /// Where each name stands among the members.
    index: std::collections::BTreeMap<String, usize>,
}

/// What becomes of a member.
#[derive(Debug)]
pub(super) enum Edit {
    Set(Value),
    Remove,
    /// It is an object, or becomes one, in which something is edited.
    Within(Edits),
}

impl Edits {
    /// Sets the member at the end of `path`, or takes it away.
    pub(super) fn set(&mut self, path: &[&str], value: Option<Value>) {
        let Some((name, below)) = path.split_first() else { return };
        if below.is_empty() {
            *self.entry(name) = value.map_or(Edit::Remove, Edit::Set);
            return;
        }
        let entry = self.entry(name);
        if !matches!(entry, Edit::Within(_)) {
            *entry = Edit::Within(Self::default());
        }
        if let Edit::Within(edits) = entry {
            edits.set(below, value);
        }
    }

    fn entry(&mut self, name: &str) -> &mut Edit {
        let at = *self.index.entry(name.to_owned()).or_insert(self.members.len());
        if at == self.members.len() {
            self.members.push((name.to_owned(), Edit::Remove));
        }
        &mut self.members[at].1
    }

    pub(super) fn get(&self, name: &str) -> Option<&Edit> {
        self.index.get(name).and_then(|at| self.members.get(*at)).map(|(_, edit)| edit)
    }

    /// The members that come into an object which has those that `is_there` says.
    pub(super) fn new_members(&self, is_there: impl Fn(&str) -> bool) -> Vec<(&str, Value)> {
        let missing = self.members.iter().filter(|(name, _)| !is_there(name));
        missing.filter_map(|(name, edit)| Some((name.as_str(), edit.value()?))).collect()
    }

    /// Makes the edits in an object.
    pub(super) fn apply(&self, object: &mut Map<String, Value>) {
        for (name, edit) in &self.members {
            match edit {
                Edit::Set(value) => drop(object.insert(name.clone(), value.clone())),
                Edit::Remove => drop(object.shift_remove(name)),
                Edit::Within(edits) => match object.get_mut(name) {
                    Some(Value::Object(inner)) => edits.apply(inner),
                    _ => {
                        if let Some(value) = edit.value() {
                            object.insert(name.clone(), value);
                        }
                    }
                },
            }
        }
    }
}

impl Edit {
    /// What a member is that was not there, or no object; `None` if nothing is put there.
    pub(super) fn value(&self) -> Option<Value> {
        match self {
            Self::Set(value) => Some(value.clone()),
            Self::Remove => None,
            Self::Within(edits) => {
                let members = edits.new_members(|_| false);
                let members = members.into_iter().map(|(name, value)| (name.to_owned(), value));
                let object: Map<String, Value> = members.collect();
                (!object.is_empty()).then_some(Value::Object(object))
            }
        }
    }
}
