//! The properties of resources: live ones, which the server knows, and dead ones, which clients set
//! and this server keeps in memory.

use std::collections::BTreeMap;
use std::io;
use std::time::Instant;

use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};

use crate::locks::{Lock, Reach, Scope};
use crate::multistatus::{nested, property, text};
use crate::path::ResourcePath;
use crate::store::{Contents, Resource};
use crate::version::Version;
use crate::xml::Name;

/// The octets of all dead properties together: they are kept in memory.
const LIMIT: usize = 16 << 20;

/// The live properties, none of which a client can set.
///
/// There is no `creationdate`: each PUT makes a new file, and its birth is not the resource's.
const LIVE: [&str; 7] = [
    "getcontentlength",
    "getcontenttype",
    "getetag",
    "getlastmodified",
    "lockdiscovery",
    "resourcetype",
    "supportedlock",
];

/// Returns true if the server alone determines this property.
pub(crate) fn is_live(name: &Name) -> bool {
    LIVE.iter().any(|live| *name == Name::dav(live))
}

/// Returns the names of the live properties.
pub(crate) fn live_names() -> impl Iterator<Item = Name> {
    LIVE.iter().map(|live| Name::dav(live))
}

/// Returns a live property as an element, if the resource has it. (§15)
pub(crate) fn live(
    name: &Name,
    path: &ResourcePath,
    resource: &Resource,
    contents: &Contents,
) -> Option<String> {
    let version = match resource {
        Resource::File(version) => Some(version),
        _ => None,
    };
    let of_text = |value: &str| {
        property(name, |xml| {
            xml.write_event(Event::Text(BytesText::new(value)))
        })
    };
    match &*name.local {
        _ if !is_live(name) => None,
        "getcontentlength" => version.map(|version| of_text(&version.length().to_string())),
        "getcontenttype" => version.map(|_| of_text(media_type(path))),
        "getetag" => version.map(|version| of_text(&version.tag().to_string())),
        "getlastmodified" => {
            let date = version.and_then(Version::modified);
            date.map(|date| of_text(&date.to_string()))
        }
        "lockdiscovery" => Some(lockdiscovery(contents, path)),
        "resourcetype" => Some(property(name, |xml| {
            let collection: &[_] = if resource.is_collection() {
                &["D:collection"]
            } else {
                &[]
            };
            nested(xml, collection)
        })),
        _ => Some(property(name, |xml| {
            for scope in ["D:exclusive", "D:shared"] {
                let entry = xml.create_element("D:lockentry");
                entry.write_inner_content(|xml| {
                    nested(xml, &["D:lockscope", scope])?;
                    nested(xml, &["D:locktype", "D:write"])
                })?;
            }
            Ok(())
        })),
    }
}

/// Returns the property that lists the locks in whose scope a resource is. (§15.8)
pub(crate) fn lockdiscovery(contents: &Contents, path: &ResourcePath) -> String {
    property(&Name::dav("lockdiscovery"), |xml| {
        let mut locks = contents.locks.covering(path);
        locks.try_for_each(|lock| xml_of_lock(xml, lock, contents))
    })
}

fn xml_of_lock(xml: &mut Writer<Vec<u8>>, lock: &Lock, contents: &Contents) -> io::Result<()> {
    let active = xml.create_element("D:activelock");
    active.write_inner_content(|xml| {
        let scope = match lock.scope() {
            Scope::Exclusive => "D:exclusive",
            Scope::Shared => "D:shared",
        };
        nested(xml, &["D:lockscope", scope])?;
        nested(xml, &["D:locktype", "D:write"])?;
        text(
            xml,
            "D:depth",
            match lock.reach() {
                Reach::Resource => "0",
                Reach::Infinity => "infinity",
            },
        )?;
        if let Some(owner) = lock.owner() {
            xml.get_mut().extend(owner.as_bytes());
        }
        let left = lock.seconds_left(Instant::now());
        text(xml, "D:timeout", &format!("Second-{left}"))?;
        let href = |xml: &mut _, element, href: &str| -> io::Result<()> {
            let element = Writer::create_element(xml, element);
            element
                .write_inner_content(|xml| text(xml, "D:href", href))
                .map(drop)
        };
        href(xml, "D:locktoken", lock.token())?;
        href(xml, "D:lockroot", &contents.href(lock.root()))
    })?;
    Ok(())
}

/// Returns the media type of a file, which its name tells.
pub(crate) fn media_type(path: &ResourcePath) -> &'static str {
    let guess = mime_guess::from_path(path.to_path());
    guess.first_raw().unwrap_or("application/octet-stream")
}

/// The dead properties of one resource, each as an element.
pub(crate) type Properties = BTreeMap<Name, String>;

/// The dead properties of all resources.
#[derive(Debug, Default)]
pub(crate) struct DeadProperties {
    of: BTreeMap<ResourcePath, Properties>,
}

/// The properties of a copy, for which there is room.
#[derive(Debug)]
pub(crate) struct Copies(BTreeMap<ResourcePath, Properties>);

/// There is no room for more properties.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Full;

impl DeadProperties {
    /// Returns those of one resource.
    pub(crate) fn of(&self, path: &ResourcePath) -> Properties {
        self.of.get(path).cloned().unwrap_or_default()
    }

    /// Replaces all those of one resource.
    pub(crate) fn replace(&mut self, path: &ResourcePath, new: Properties) -> Result<(), Full> {
        let others = self.of.iter().filter(|(other, _)| *other != path);
        let octets: usize = others.map(|(_, properties)| size(properties)).sum();
        if octets + size(&new) > LIMIT {
            return Err(Full);
        }
        if new.is_empty() {
            self.of.remove(path);
        } else {
            self.of.insert(path.clone(), new);
        }
        Ok(())
    }

    /// Removes those of a resource and of all below it.
    pub(crate) fn remove_within(&mut self, path: &ResourcePath) {
        self.of.retain(|other, _| !other.is_within(path));
    }

    /// Returns the properties that a copy of a resource has, and those of all below it.
    pub(crate) fn copies(
        &self,
        from: &ResourcePath,
        to: &ResourcePath,
        with_members: bool,
    ) -> Result<Copies, Full> {
        let sources = self
            .of
            .iter()
            .filter(|(path, _)| *path == from || with_members);
        let copies = sources
            .filter_map(|(path, properties)| Some((path.moved(from, to)?, properties.clone())));
        let copies: BTreeMap<_, _> = copies.collect();
        let kept = self.of.iter().filter(|(path, _)| !path.is_within(to));
        let kept = kept.map(|(_, properties)| size(properties));
        let octets = kept.chain(copies.values().map(size)).sum::<usize>();
        if octets > LIMIT {
            Err(Full)
        } else {
            Ok(Copies(copies))
        }
    }

    /// Puts copies in place of the properties of a resource and of all below it.
    pub(crate) fn replace_within(&mut self, path: &ResourcePath, copies: Copies) {
        self.remove_within(path);
        self.of.extend(copies.0);
    }

    /// Moves those of a resource, and of all below it, in place of those of another one.
    pub(crate) fn rename(&mut self, from: &ResourcePath, to: &ResourcePath) {
        self.remove_within(to);
        let moved = |path: &ResourcePath, _: &mut _| path.is_within(from);
        let moved: Vec<_> = self.of.extract_if(.., moved).collect();
        self.of.extend(
            moved
                .into_iter()
                .filter_map(|(path, properties)| Some((path.moved(from, to)?, properties))),
        );
    }
}

fn size(properties: &Properties) -> usize {
    let size =
        |(name, value): (&Name, &String)| name.namespace.len() + name.local.len() + value.len();
    properties.iter().map(size).sum()
}
