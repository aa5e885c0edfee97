import type { RecordedEvent } from '../../../src/application/ports/event-log.js';
import { Tail } from '../../../src/infrastructure/event-log/tail.js';
import { fresh, markerMoved } from '../../support/events.js';

const at = (...positions: number[]): RecordedEvent[] =>
  positions.map((position) => ({ ...fresh(markerMoved(1)), stream: 'desk-1', revision: position - 1, position }));
const positionsOf = (events: readonly RecordedEvent[] | null) => events?.map(({ position }) => position) ?? null;

describe('the tail', () => {
  it('knows from the start that nothing came after the head', () => {
    const tail = new Tail(7, 10);
    expect(tail.after(7)).toEqual([]);
    expect(tail.after(6)).toBeNull();
  });

  it('answers what came after a position, one amid a gap too', () => {
    const tail = new Tail(0, 10);
    tail.add(at(2, 5), 0);
    tail.add(at(9), 5);
    expect(positionsOf(tail.after(0))).toEqual([2, 5, 9]);
    expect(positionsOf(tail.after(2))).toEqual([5, 9]);
    expect(positionsOf(tail.after(3))).toEqual([5, 9]);
    expect(positionsOf(tail.after(9))).toEqual([]);
  });

  it('keeps a bounded number, and sends whoever is behind to the store', () => {
    const tail = new Tail(0, 3);
    for (let position = 1; position <= 100; position++) tail.add(at(position), position - 1);
    const kept = positionsOf(tail.after(97));
    expect(kept).toEqual([98, 99, 100]);
    expect(tail.after(90)).toBeNull();
  });

  it('begins anew behind a gap that it did not see: nobody is led past it', () => {
    const tail = new Tail(0, 10);
    tail.add(at(1), 0);
    tail.add(at(4), 3);
    expect(tail.after(1)).toBeNull();
    expect(positionsOf(tail.after(3))).toEqual([4]);
  });

  it('knows nothing after an unknown outcome, until somebody read the store to its end', () => {
    const tail = new Tail(0, 10);
    tail.add(at(1), 0);
    tail.forget();
    expect(tail.after(1)).toBeNull();
    tail.know(2);
    expect(tail.after(1)).toBeNull();
    expect(tail.after(2)).toEqual([]);
    tail.know(9);
    tail.add(at(3), 2);
    expect(positionsOf(tail.after(2))).toEqual([3]);
  });

  it('knows again from an append that came while it knew nothing', () => {
    const tail = new Tail(0, 10);
    tail.forget();
    tail.add(at(6), 5);
    expect(tail.after(4)).toBeNull();
    expect(positionsOf(tail.after(5))).toEqual([6]);
  });

  it.each([
    ['something is added', (tail: Tail) => tail.add(at(1), 0)],
    ['it forgets', (tail: Tail) => tail.forget()],
  ])('wakes all who wait when %s', async (_, happen) => {
    const tail = new Tail(0, 10);
    const { signal } = new AbortController();
    const waiting = Promise.all([tail.changed(signal), tail.changed(signal)]);
    happen(tail);
    await waiting;
  });

  it('wakes who waits when the signal aborts, and does not let one wait whose signal is aborted', async () => {
    const tail = new Tail(0, 10);
    const controller = new AbortController();
    const waiting = tail.changed(controller.signal);
    controller.abort();
    await waiting;
    await tail.changed(controller.signal);
  });
});
