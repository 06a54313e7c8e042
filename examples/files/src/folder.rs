//! From the path of a URL to a file of the folder, and to no other file.

use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use percent_encoding::percent_decode_str;

/// The folder that is served.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Takes this folder, if there is one.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        let folder = fs::canonicalize(folder)?;
        fs::read_dir(&folder)?;
        Ok(Self(folder))
    }

    /// Finds the file that this path of a URL names, without symbolic links.
    ///
    /// Whoever can write into the folder can put a link into a path after this has looked.
    pub(crate) fn find(&self, path: &str) -> Option<PathBuf> {
        let mut file = self.0.clone();
        for segment in path.strip_prefix('/')?.split('/') {
            let name = percent_decode_str(segment).decode_utf8().ok()?;
            // One name is pushed at a time: `..`, an encoded `/` and a drive are none.
            let mut components = Path::new(&*name).components();
            match (components.next(), components.next()) {
                (Some(Component::Normal(only)), None) if only == &*name => file.push(only),
                _ => return None,
            }
        }
        // A link may point out of the folder.
        let file = fs::canonicalize(file).ok()?;
        // To open a pipe would wait for its writer.
        (file.starts_with(&self.0) && file.is_file()).then_some(file)
    }
}
