import {
  conversation,
  placeVisible,
  spansOf,
  visible,
  type ConversationState,
  type Place,
  type Span,
} from '../../../src/domain/conversation/index.js';
import { doePosted, doeStartedWithSmith, johnDoe, johnSmith } from '../../../src/domain/conversation/examples.js';
import { deepFreeze } from '../../support/decider-harness.js';
import { ada, bob } from '../../support/events.js';
import { below, withSeed } from '../../support/random.js';

/** From a joining notice to a leaving one; notices are numbered far enough apart. */
const span = (joinedAt: number, leftAt: number | null): Span => ({
  joinedAt,
  leftAt,
  firstNotice: 10 * joinedAt + 1,
  lastNotice: leftAt === null ? null : 10 * leftAt + 2,
});

const seen = (spans: readonly Span[], upTo = 12): number[] =>
  Array.from({ length: upTo }, (_, n) => n + 1).filter((sequence) => visible(spans, sequence));

describe('visible', () => {
  it('S41 a joiner sees no message posted before the join', () => {
    expect(seen([span(5, null)])[0]).toBe(6);
  });

  it('S42 the first message seen is the one after the join position; the one at it is not', () => {
    const spans = [span(5, null)];
    expect([4, 5, 6].map((sequence) => visible(spans, sequence))).toEqual([false, false, true]);
  });

  it('S42 one who joins at the start sees everything', () => {
    expect(seen([span(0, null)], 3)).toEqual([1, 2, 3]);
  });

  it('S43 the last message seen is the one at which they left; the next is not', () => {
    const spans = [span(2, 5)];
    expect([5, 6].map((sequence) => visible(spans, sequence))).toEqual([true, false]);
  });

  it('S43 messages of an absence stay dark, those of the earlier stay are seen', () => {
    expect(seen([span(2, 4), span(7, null)], 9)).toEqual([3, 4, 8, 9]);
  });

  it('S43 leaving and joining again with nothing between leaves no hole, in whatever order the spans are', () => {
    const spans = [span(4, null), span(2, 4)];
    expect(seen(spans, 6)).toEqual([3, 4, 5, 6]);
  });

  it('S43 a stay during which nothing was said shows nothing', () => {
    expect(seen([span(5, 5)])).toEqual([]);
  });

  it('SEC-10 whoever has no span sees nothing', () => {
    expect(visible([], 1)).toEqual(false);
  });

  it('SEC-10 S41 S42 S43 agrees with a walk through any history of joining, leaving, posting and notices', async () => {
    for (let seed = 1; seed <= 200; seed++)
      await withSeed(seed, (random) => {
        const spans: Span[] = [];
        const heard: Place[] = [];
        const all: Place[] = [];
        let inside = false;
        let sequence = 0;
        let notice = 0;
        for (let step = 0; step < 60; step++) {
          const what = below(random, 5);
          if (what > 0) {
            const place = what > 2 ? { sequence: ++sequence, notice: 0 } : { sequence, notice: ++notice };
            all.push(place);
            if (inside) heard.push(place);
            continue;
          }
          const place = { sequence, notice: ++notice };
          all.push(place);
          heard.push(place); // one's own coming and going is seen
          if (inside) spans.push({ ...spans.pop()!, leftAt: sequence, lastNotice: notice });
          else spans.push({ joinedAt: sequence, leftAt: null, firstNotice: notice, lastNotice: null });
          inside = !inside;
        }
        expect(all.filter((place) => placeVisible(spans, place))).toEqual(heard);
        const ofMessages = (places: Place[]): number[] =>
          places.filter((one) => one.notice === 0).map((one) => one.sequence);
        expect(seen(spans, sequence)).toEqual(ofMessages(heard));
      });
  });
});

describe('spansOf', () => {
  const state = [doeStartedWithSmith, doePosted(1)].reduce(conversation.evolve, conversation.initialState);
  if (state.kind === 'unstarted') throw new Error('nothing was started');

  it('S41 gives both people of a direct conversation everything', () => {
    for (const person of [johnDoe, johnSmith]) expect(spansOf(state, person)).toEqual([span(0, null)]);
  });

  it('SEC-10 gives a stranger nothing, and anybody nothing before the start', () => {
    expect(spansOf(state, ada)).toEqual([]);
    expect(spansOf(conversation.initialState, johnDoe)).toEqual([]);
  });

  it('S43 gives nothing to one who left and is not back, and all their spans to one who is', () => {
    const away: Span = span(0, 3);
    const back: Span = span(7, null);
    const left: ConversationState = deepFreeze({
      ...state,
      spans: { [ada]: [away], [bob]: [away, back] },
      lastSequence: 9,
    });
    expect(spansOf(left, ada)).toEqual([]);
    expect(spansOf(left, bob)).toEqual([away, back]);
  });
});
