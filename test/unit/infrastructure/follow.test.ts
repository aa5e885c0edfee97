import type { LogSignal, RecordedEvent } from '../../../src/application/ports/event-log.js';
import { follow, type Followed } from '../../../src/infrastructure/event-log/follow.js';
import { Tail } from '../../../src/infrastructure/event-log/tail.js';
import { fresh, markerMoved } from '../../support/events.js';

const event = (position: number, stream: RecordedEvent['stream'] = 'desk-1'): RecordedEvent => ({
  ...fresh(markerMoved(1)),
  stream,
  revision: position - 1,
  position,
});

/** Follows a store of these events behind a tail, until so many signals came. */
const signalsOf = async (
  stored: RecordedEvent[],
  tail: Tail,
  count: number,
  {
    after = 'start',
    page,
    onSignal,
  }: { after?: number | 'start'; page?: () => void; onSignal?: (signal: LogSignal) => void } = {},
): Promise<string[]> => {
  const controller = new AbortController();
  const told: string[] = [];
  const read = (position: number, limit: number): Promise<Followed[]> => {
    page?.();
    const found = stored.filter((one) => one.position > position).slice(0, limit);
    return Promise.resolve(found.map((one) => ({ stream: one.stream, position: one.position, recorded: () => one })));
  };
  for await (const signal of follow({ after, categories: ['desk'], signal: controller.signal }, tail, read)) {
    const place = signal.kind === 'event' ? signal.event.position : signal.kind === 'scanned' ? signal.position : '';
    told.push(`${signal.kind} ${place}`.trim());
    onSignal?.(signal);
    if (told.length === count) controller.abort();
  }
  return told;
};

describe('follow', () => {
  it('does not ask the store while the tail knows', async () => {
    let pages = 0;
    const tail = new Tail(0, 10);
    tail.add([event(1), event(2)], 0);
    const told = await signalsOf([], tail, 3, { page: () => pages++ });
    expect(told).toEqual(['event 1', 'event 2', 'caught-up']);
    expect(pages).toBe(0);
  });

  it('goes over from the store to the tail without gap or double', async () => {
    const stored = [event(1), event(2), event(3)];
    const tail = new Tail(3, 10);
    const told = await signalsOf(stored, tail, 5, {
      onSignal: (signal) => {
        if (signal.kind !== 'event' || signal.event.position !== 2) return;
        const next = event(4);
        stored.push(next);
        tail.add([next], 3);
      },
    });
    expect(told).toEqual(['event 1', 'event 2', 'event 3', 'event 4', 'caught-up']);
  });

  it('says scanned once for a batch that ends with others’ events, and not for one that ends with its own', async () => {
    const others = [event(2, 'account-1'), event(4, 'account-1'), event(5, 'account-1')];
    const stored = [event(1), others[0]!, event(3), ...others.slice(1)];
    expect(await signalsOf(stored, new Tail(5, 10), 4)).toEqual(['event 1', 'event 3', 'scanned 5', 'caught-up']);
  });

  it('says fell-behind when the tail no longer has what comes next, and caught-up when it is at the end again', async () => {
    const stored = [event(1)];
    const tail = new Tail(1, 10);
    const told = await signalsOf(stored, tail, 6, {
      onSignal: (signal) => {
        if (signal.kind !== 'caught-up' || stored.length > 1) return;
        stored.push(event(2), event(3));
        tail.forget();
      },
    });
    expect(told).toEqual(['event 1', 'caught-up', 'fell-behind', 'event 2', 'event 3', 'caught-up']);
  });

  it('goes on in the store after a forgotten tail, and finds an event of unknown outcome there', async () => {
    const stored: RecordedEvent[] = [];
    const tail = new Tail(0, 10);
    const told = await signalsOf(stored, tail, 4, {
      onSignal: (signal) => {
        if (signal.kind !== 'caught-up' || stored.length > 0) return;
        stored.push(event(1));
        tail.forget();
      },
    });
    expect(told).toEqual(['caught-up', 'fell-behind', 'event 1', 'caught-up']);
  });

  it('stops amid a batch when the reader aborts', async () => {
    const stored = Array.from({ length: 100 }, (_, n) => event(n + 1));
    expect(await signalsOf(stored, new Tail(100, 10), 3)).toEqual(['event 1', 'event 2', 'event 3']);
  });
});
