PRAGMA journal_mode = WAL;

BEGIN IMMEDIATE;

-- Names the database in every tag, so that a tag of an earlier one matches nothing in this.
CREATE TABLE IF NOT EXISTS origin (name TEXT NOT NULL) STRICT;
INSERT INTO origin SELECT lower(hex(randomblob(3))) WHERE NOT EXISTS (SELECT * FROM origin);

-- A deleted note keeps its row, without text: were it to begin at version 1 again, an old tag would match the new note.
CREATE TABLE IF NOT EXISTS note (
    id       TEXT PRIMARY KEY,
    version  INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    text     TEXT
) STRICT;

INSERT OR IGNORE INTO note VALUES ('welcome', 1, unixepoch(), 'Two tabs, one note

Open this page in a second tab.
Write something here, and something else there.
Save both: the second is told, and nothing is overwritten.');

COMMIT;
