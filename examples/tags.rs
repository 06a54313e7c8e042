//! Makes the tag of a file in every way that there is, as it would stand in an answer.
//!
//! `cargo run --example tags --features std -- FILE`

use std::error::Error;
use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use hmac::{Hmac, KeyInit as _, Mac as _};
use http_preconditions::{
    EntityTag, HttpDate, OriginClock, Representation, ValidatorsToSend, evaluate,
    tag::{ContentCoding, EntityTagBuf, EntityTagBuilder, ModificationTime},
};
use sha2::{Digest as _, Sha256};
use xxhash_rust::{const_xxh3, xxh3};

/// An asset of this program. Its tag is computed when the program is built, and changes with it.
const ASSET: &[u8] = include_bytes!("requests/revalidate.http");
const ASSET_TAG: EntityTagBuf<24> =
    EntityTagBuf::from_digest_base64url(&const_xxh3::xxh3_128(ASSET).to_be_bytes());

/// A digest that differs from user to user, also for the same content: nobody can tell from a tag
/// who else has the file, or try out contents.
fn keyed(key: &[u8], user: &str, content: &[u8]) -> EntityTagBuf<45> {
    // HMAC takes keys of any length.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key is long enough");
    // The length goes first, so that no other user and content make the same octets.
    mac.update(&(user.len() as u64).to_be_bytes());
    mac.update(user.as_bytes());
    mac.update(content);
    EntityTagBuf::from_digest_base64url(&mac.finalize().into_bytes().into())
}

/// A file as it was at one moment: the content belongs to the length and the time.
struct Version {
    content: Vec<u8>,
    length: u64,
    modified: ModificationTime,
    /// When the metadata were read, or a little before.
    now: ModificationTime,
    /// The only part of the metadata that tells two files of one length and time apart.
    inode: Option<u64>,
}

impl Version {
    /// Reads the clock, the metadata, the content, and the metadata again, all of one open file.
    ///
    /// The clock is first, so that a change while the file is read is not taken for a settled one.
    /// `after_content` runs between the content and the second metadata.
    fn read(path: &Path, after_content: impl FnOnce()) -> Result<Self, Box<dyn Error>> {
        let mut file = File::open(path)?;
        let now = ModificationTime::try_from(SystemTime::now())?;
        let before = file.metadata()?;
        let modified = ModificationTime::try_from(before.modified()?)?;
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        after_content();
        let after = file.metadata()?;
        let same = before.len() == after.len() && before.modified()? == after.modified()?;
        if !same || content.len() as u64 != before.len() {
            return Err("the file changed while it was read, so that it gets no tag".into());
        }
        #[cfg(unix)]
        let inode = Some(std::os::unix::fs::MetadataExt::ino(&before));
        #[cfg(not(unix))]
        let inode = None;
        Ok(Self {
            content,
            length: before.len(),
            modified,
            now,
            inode,
        })
    }
}

fn show(path: &Path, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let Version {
        content,
        length,
        modified,
        now,
        inode,
    } = Version::read(path, || ())?;
    let mut line = |how: &str, tag: EntityTag<'_>| writeln!(out, "{how:<28} ETag: {tag}");

    let sha256: [u8; 32] = Sha256::digest(&content).into();
    let base = EntityTagBuf::<66>::from_digest_hex(&sha256);
    line("SHA-256, hex", base.as_entity_tag())?;
    let short = EntityTagBuf::<45>::from_digest_base64url(&sha256);
    line("SHA-256, base64url", short.as_entity_tag())?;
    let fast = xxh3::xxh3_128(&content).to_be_bytes();
    let fast = EntityTagBuf::<24>::from_digest_base64url(&fast);
    line("XXH3, base64url", fast.as_entity_tag())?;
    for user in ["alice", "bob"] {
        let tag = keyed(b"a secret of the server", user, &content);
        line(&format!("HMAC-SHA-256 for {user}"), tag.as_entity_tag())?;
    }

    let file = EntityTagBuf::<40>::from_file(length, modified);
    line("length and time", file.as_entity_tag())?;
    let vouched = EntityTagBuf::<40>::from_file_at(length, modified, now);
    line("the same, vouched for", vouched.as_entity_tag())?;
    if let Some(inode) = inode {
        let builder = EntityTagBuilder::new()
            .length(length)
            .strong_modified(modified)
            .version(inode);
        let builder = if modified.is_settled(now) {
            builder
        } else {
            builder.weak()
        };
        let tag: EntityTagBuf<61> = builder.build()?;
        line("length, time and inode", tag.as_entity_tag())?;
    }
    line(
        "version 17",
        EntityTagBuf::<22>::from_version(17).as_entity_tag(),
    )?;
    let parts = EntityTagBuilder::new()
        .version(17)
        .id(b"e83c516")?
        .text(b"en")?;
    let parts: EntityTagBuf<32> = parts.build()?;
    line("version, release, language", parts.as_entity_tag())?;
    line("an asset, made by the build", ASSET_TAG.as_entity_tag())?;

    let gzip: EntityTagBuf<71> = base.as_entity_tag().with_coding(ContentCoding::GZIP)?;
    line("SHA-256, the gzip variant", gzip.as_entity_tag())?;

    // What the answer to a GET carries, and to the next one, which sends the tag back.
    let current = Representation::new()
        .etag(gzip.as_entity_tag())
        .last_modified(modified.date());
    let validators = ValidatorsToSend::for_response(&current, OriginClock::Own(now.date()));
    let again = [("If-None-Match", gzip.as_bytes())];
    let status = evaluate("GET", again, Some(&current)).status();
    let last_modified = validators
        .last_modified()
        .map(HttpDate::to_imf_fixdate)
        .unwrap_or_default();
    let last_modified = String::from_utf8_lossy(&last_modified).into_owned();
    writeln!(out, "\nsent as gzip, with Last-Modified: {last_modified}")?;
    writeln!(out, "asked for again, with If-None-Match: {gzip}: {status}")?;
    Ok(())
}

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: tags FILE");
        return ExitCode::from(2);
    };
    match show(Path::new(&path), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", path.to_string_lossy());
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// The digest is the one that `sha256sum` prints, the asset's that of the file.
    #[test]
    fn a_file_gets_a_tag_in_every_way() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/requests/revalidate.http");
        let mut out = Vec::new();
        show(&path, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let tag = |how: &str| {
            let line = out.lines().find(|line| line.starts_with(how)).expect(how);
            line.split_once("ETag: ").expect(how).1.to_owned()
        };
        assert_eq!(tag("SHA-256, hex"), SHA256SUM);
        assert_eq!(tag("XXH3"), tag("an asset"));
        assert_ne!(tag("HMAC-SHA-256 for alice"), tag("HMAC-SHA-256 for bob"));
        assert!(tag("length and time").starts_with("W/"), "{out}");
        assert_eq!(tag("version 17"), "\"17\"");
        assert_eq!(tag("version, release"), "\"17.e83c516.en\"");
        assert!(out.ends_with("-gzip\": 304\n"), "{out}");
        assert!(out.matches("ETag: ").count() >= 11, "{out}");
        assert_eq!(cfg!(unix), out.contains("length, time and inode"), "{out}");
    }

    /// What happens to a file while it is read, and whether it still gets a tag.
    #[test]
    fn a_file_that_changes_while_it_is_read_gets_no_tag() {
        type Change = fn(&Path);
        let set_time = |path: &Path, seconds| {
            let file = File::options().write(true).open(path).unwrap();
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            file.set_modified(time).unwrap();
        };
        let changes: [(&str, Change, bool); 4] = [
            ("nothing", |_| (), true),
            (
                "longer",
                |path| std::fs::write(path, "abcd").unwrap(),
                false,
            ),
            (
                "as long",
                |path| std::fs::write(path, "xyz").unwrap(),
                false,
            ),
            // Another file has the path now; the one that was opened is as it was.
            (
                "replaced",
                |path| {
                    let new = path.with_extension("new");
                    std::fs::write(&new, "xyz").unwrap();
                    std::fs::rename(&new, path).unwrap();
                },
                true,
            ),
        ];
        let directory = std::env::temp_dir();
        for (index, (name, change, has_tag)) in changes.into_iter().enumerate() {
            if name == "replaced" && !cfg!(unix) {
                continue; // Other systems may refuse to replace an open file.
            }
            let path = directory.join(format!("tags-{}-{index}", std::process::id()));
            std::fs::write(&path, "abc").unwrap();
            set_time(&path, 783_459_811);
            let version = Version::read(&path, || change(&path));
            std::fs::remove_file(&path).unwrap();
            match version {
                Ok(version) => {
                    assert!(has_tag, "{name}");
                    assert_eq!(version.content, b"abc", "{name}");
                    assert!(version.modified.is_settled(version.now), "{name}");
                }
                Err(error) => {
                    assert!(!has_tag, "{name}: {error}");
                    assert!(
                        error.to_string().contains("changed while it was read"),
                        "{error}"
                    );
                }
            }
        }
    }

    const SHA256SUM: &str = "\"9ee422b42e6cb93a9973b1f842fff7fefd1f0dd0932c93acf13b56532f55899f\"";
}
