import { DatabaseSync } from '@photostructure/sqlite';
import type { EncodedEvent } from '../../src/application/ports/event-codec.js';
import type { StreamId } from '../../src/application/ports/event-log.js';

/** Writes an event into the file of a closed log, as another program would. */
export const writeIntoLogFile = (file: string, stream: StreamId, event: EncodedEvent): void => {
  const database = new DatabaseSync(file);
  try {
    database.prepare('INSERT INTO streams (name, revision) VALUES (?, -1) ON CONFLICT DO NOTHING').run(stream);
    const found: unknown = database.prepare('SELECT id, revision FROM streams WHERE name = ?').get(stream);
    const { id, revision } = found as { id: number; revision: number };
    const { id: eventId, type, data, metadata } = event;
    database
      .prepare(
        `INSERT INTO events (position, stream, revision, id, type, data, metadata)
         VALUES ((SELECT coalesce(max(position), 0) + 1 FROM events), ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, revision + 1, eventId, type, data, metadata);
    database.prepare('UPDATE streams SET revision = ? WHERE id = ?').run(revision + 1, id);
  } finally {
    database.close();
  }
};
