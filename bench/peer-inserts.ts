// The peer of our durable figures: what the same database library does with one plain table, no index, no rule, every
// commit flushed. The only SQL outside db/ and cloud/: a measure has to stand beside what it measures.
import Database from 'better-sqlite3';

export interface PeerInserts {
  /** One transaction for each text. */
  single(texts: readonly string[]): void;
  /** One transaction for all. */
  batch(texts: readonly string[]): void;
  close(): void;
}

export function openPeer(path: string): PeerInserts {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE peer (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO peer (text) VALUES (?)');
  const all = database.transaction((texts: readonly string[]) => {
    for (const text of texts) insert.run(text);
  });
  return {
    single(texts) {
      for (const text of texts) insert.run(text);
    },
    batch: (texts) => all.immediate(texts),
    close: () => void database.close(),
  };
}
