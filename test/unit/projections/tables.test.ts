import { EVENT_SCHEMAS } from '../../../src/application/codec/schemas/index.js';
import { STREAM_CATEGORIES, type StreamCategory } from '../../../src/application/ports/event-log.js';
import { PROJECTIONS } from '../../../src/projections/index.js';
import { changesOf } from '../../../src/projections/runtime/projection.js';

describe('the tables of projections', () => {
  it.each(PROJECTIONS.map((table) => [table.name, table] as const))(
    '%s names every event type of its categories, and no other',
    (_, table) => {
      const types = table.categories.flatMap((category) => Object.keys(EVENT_SCHEMAS[category as StreamCategory]));
      expect(Object.keys(table.handlers).sort()).toEqual(types.sort());
    },
  );

  it('have names of their own that stores can make names from', () => {
    const names = PROJECTIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('look at categories that are there', () => {
    for (const { categories } of PROJECTIONS)
      for (const category of categories) expect(STREAM_CATEGORIES).toContain(category);
  });

  it.each(PROJECTIONS.map((table) => [table.name, table] as const))(
    '%s fails on an event that it does not name',
    (name, table) => {
      expect(() => changesOf(table, { event: { type: 'MessageSung', data: {} }, position: 1 })).toThrow(
        `projection ${name} does not know the event MessageSung`,
      );
    },
  );
});
