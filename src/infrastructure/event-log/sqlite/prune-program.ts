import type { Database } from '../../sqlite/database.js';

export interface PruneArgument {
  readonly category: string;
  /** Milliseconds since 1970: what happened earlier goes. */
  readonly before: number;
  /** The name of the stream that was looked at last; '' at the beginning. */
  readonly from: string;
  /** Streams looked at, and events deleted, at most. */
  readonly streams: number;
  readonly most: number;
}

export interface PruneResult {
  readonly deleted: number;
  /** Where to go on; `null`: every stream was looked at. */
  readonly next: string | null;
}

export interface DroppedRow {
  readonly position: number;
  readonly before: number;
  /** The oldest event that is there. */
  readonly oldest: number | null;
  readonly at: number | null;
}

/** When an event happened, as it says itself. */
const AT = `CASE WHEN json_valid(data) THEN json_extract(data, '$.at') END AS at`;

/** Names of a category's streams lie between these two. */
const bounds = (category: string): [after: string, end: string] => [`${category}-`, `${category}.`];

/**
 * Deleting what is too old, in the thread of the log. It goes through the streams of the category by their names, which are indexed, and looks at
 * each one's oldest events: what else the log holds costs nothing. A stream's last event always stays, and so does everything behind an event
 * that is young enough, whatever clocks said.
 */
export const pruningOf = (database: Database) => {
  const streams = database.prepare(
    'SELECT id, name, revision FROM streams WHERE name > ? AND name < ? ORDER BY name LIMIT ?',
  );
  const oldest = database.prepare(
    `SELECT position, revision, ${AT} FROM events WHERE stream = ? AND revision < ? ORDER BY revision LIMIT ?`,
  );
  const remove = database.prepare('DELETE FROM events WHERE stream = ? AND revision <= ?');
  const note = database.prepare(
    `INSERT INTO pruned (category, position, before) VALUES (?, ?, ?) ON CONFLICT (category) DO UPDATE SET
       position = max(position, excluded.position), before = max(before, excluded.before)`,
  );
  const noted = database.prepare('SELECT position, before FROM pruned WHERE category = ?');
  const firstOf = database.prepare(
    `SELECT position AS oldest, ${AT} FROM events WHERE position = (
       SELECT min(e.position) FROM streams s JOIN events e ON e.stream = s.id
         AND e.revision = (SELECT min(revision) FROM events WHERE stream = s.id)
       WHERE s.name > ? AND s.name < ?)`,
  );

  const prune = ({ category, before, from, streams: count, most }: PruneArgument): PruneResult => {
    const [after, end] = bounds(category);
    const page = streams.all(from || after, end, count) as { id: number; name: string; revision: number }[];
    let deleted = 0;
    let newest = 0;
    let done = from;
    let whole = page.length < count;
    for (const { id, name, revision } of page) {
      const left = most - deleted;
      const rows = oldest.all(id, revision, left) as { position: number; revision: number; at: unknown }[];
      const stays = rows.findIndex(({ at }) => typeof at !== 'number' || at >= before);
      const old = stays < 0 ? rows : rows.slice(0, stays);
      const last = old.at(-1);
      if (last) {
        remove.run(id, last.revision);
        deleted += old.length;
        newest = Math.max(newest, last.position);
      }
      if (old.length === left) {
        whole = false; // there may be more of this stream
        break;
      }
      done = name;
    }
    if (deleted > 0) note.run(category, newest, before);
    return { deleted, next: whole ? null : done };
  };

  const dropped = (category: string): DroppedRow | null => {
    const row = noted.get(category) as { position: number; before: number } | undefined;
    if (!row) return null;
    const first = firstOf.get(...bounds(category)) as Pick<DroppedRow, 'oldest' | 'at'> | undefined;
    return { ...row, oldest: first?.oldest ?? null, at: first?.at ?? null };
  };

  return { reads: { dropped }, writes: { prune } };
};
