import { streamId } from '../../src/application/ports/event-log.js';
import type { SnapshotStore } from '../../src/application/ports/snapshot-store.js';
import { ada, someStream } from '../support/events.js';

export interface SnapshotStoreUnderTest {
  readonly store: SnapshotStore;
  close(): Promise<void>;
}

export const describeSnapshotStore = (name: string, open: () => Promise<SnapshotStoreUnderTest>): void => {
  describe(`snapshot store: ${name}`, () => {
    let under: SnapshotStoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      await under.close();
    });

    it('has nothing for a stream that was never saved', async () => {
      expect(await under.store.load(someStream())).toBeNull();
    });

    it('answers what was saved, to the byte', async () => {
      const stream = someStream();
      const snapshot = { version: 3, revision: 500, state: JSON.stringify({ text: 'ä \u0000 👩‍👧', n: 1e21 }) };
      await under.store.save(stream, snapshot);
      expect(await under.store.load(stream)).toEqual(snapshot);
    });

    it('keeps the newest: a lower revision changes nothing, the same or a higher one replaces', async () => {
      const stream = someStream();
      const save = (version: number, revision: number, state: string) =>
        under.store.save(stream, { version, revision, state });
      await save(1, 10, '"first"');
      await save(1, 9, '"late"');
      expect(await under.store.load(stream)).toEqual({ version: 1, revision: 10, state: '"first"' });
      await save(2, 10, '"other shape"');
      expect(await under.store.load(stream)).toEqual({ version: 2, revision: 10, state: '"other shape"' });
      await save(1, 11, '"newer"');
      expect(await under.store.load(stream)).toEqual({ version: 1, revision: 11, state: '"newer"' });
    });

    it('keeps the newest when many are saved at once', async () => {
      const stream = someStream();
      const revisions = [5, 1, 9, 3, 7, 2];
      await Promise.all(
        revisions.map((revision) => under.store.save(stream, { version: 1, revision, state: `${revision}` })),
      );
      expect(await under.store.load(stream)).toEqual({ version: 1, revision: 9, state: '9' });
    });

    it('keeps streams apart, those of one id in two categories too', async () => {
      await under.store.save(streamId('desk', ada), { version: 1, revision: 1, state: '"desk"' });
      await under.store.save(streamId('account', ada), { version: 1, revision: 2, state: '"account"' });
      expect((await under.store.load(streamId('desk', ada)))?.state).toBe('"desk"');
      expect((await under.store.load(streamId('account', ada)))?.state).toBe('"account"');
    });
  });
};
