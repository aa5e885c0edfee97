import { spansOf, visible } from '../../../src/application/visibility/visible.js';
import { conversation, type ConversationState, type Span } from '../../../src/domain/conversation/index.js';
import { doePosted, doeStartedWithSmith, johnDoe, johnSmith } from '../../../src/domain/conversation/examples.js';
import { deepFreeze } from '../../support/decider-harness.js';
import { ada, bob } from '../../support/events.js';
import { below, withSeed } from '../../support/random.js';

const seen = (spans: readonly Span[], upTo = 12): number[] =>
  Array.from({ length: upTo }, (_, n) => n + 1).filter((sequence) => visible(spans, sequence));

describe('visible', () => {
  it('S41 a joiner sees no message posted before the join', () => {
    expect(seen([{ joinedAt: 5, leftAt: null }])[0]).toBe(6);
  });

  it('S42 the first message seen is the one after the join position; the one at it is not', () => {
    const spans = [{ joinedAt: 5, leftAt: null }];
    expect([4, 5, 6].map((sequence) => visible(spans, sequence))).toEqual([false, false, true]);
  });

  it('S42 one who joins at the start sees everything', () => {
    expect(seen([{ joinedAt: 0, leftAt: null }], 3)).toEqual([1, 2, 3]);
  });

  it('S43 the last message seen is the one at which they left; the next is not', () => {
    const spans = [{ joinedAt: 2, leftAt: 5 }];
    expect([5, 6].map((sequence) => visible(spans, sequence))).toEqual([true, false]);
  });

  it('S43 messages of an absence stay dark, those of the earlier stay are seen', () => {
    expect(
      seen(
        [
          { joinedAt: 2, leftAt: 4 },
          { joinedAt: 7, leftAt: null },
        ],
        9,
      ),
    ).toEqual([3, 4, 8, 9]);
  });

  it('S43 leaving and joining again with nothing between leaves no hole, in whatever order the spans are', () => {
    const spans = [
      { joinedAt: 4, leftAt: null },
      { joinedAt: 2, leftAt: 4 },
    ];
    expect(seen(spans, 6)).toEqual([3, 4, 5, 6]);
  });

  it('S43 a stay during which nothing was said shows nothing', () => {
    expect(seen([{ joinedAt: 5, leftAt: 5 }])).toEqual([]);
  });

  it('SEC-10 whoever has no span sees nothing', () => {
    expect([undefined, []].map((spans) => visible(spans, 1))).toEqual([false, false]);
  });

  it('SEC-10 agrees with a walk through any history of joining, leaving and posting', async () => {
    for (let seed = 1; seed <= 200; seed++)
      await withSeed(seed, (random) => {
        const spans: { joinedAt: number; leftAt: number | null }[] = [];
        const heard: number[] = [];
        let inside = false;
        let sequence = 0;
        for (let step = 0; step < 60; step++) {
          if (below(random, 3) > 0) {
            sequence++;
            if (inside) heard.push(sequence);
            continue;
          }
          if (inside) spans.at(-1)!.leftAt = sequence;
          else spans.push({ joinedAt: sequence, leftAt: null });
          inside = !inside;
        }
        expect(seen(spans, sequence)).toEqual(heard);
      });
  });
});

describe('spansOf', () => {
  const state = [doeStartedWithSmith, doePosted(1)].reduce(conversation.evolve, conversation.initialState);

  it('S41 gives both people of a direct conversation everything', () => {
    for (const person of [johnDoe, johnSmith]) expect(spansOf(state, person)).toEqual([{ joinedAt: 0, leftAt: null }]);
  });

  it('SEC-10 gives a stranger nothing, and anybody nothing before the start', () => {
    expect(spansOf(state, ada)).toEqual([]);
    expect(spansOf(conversation.initialState, johnDoe)).toEqual([]);
  });

  it('S43 gives nothing to one who left and is not back, and all their spans to one who is', () => {
    const away: Span = { joinedAt: 0, leftAt: 3 };
    const back: Span = { joinedAt: 7, leftAt: null };
    const left: ConversationState = deepFreeze({
      kind: 'direct',
      spans: { [ada]: [away], [bob]: [away, back] },
      lastSequence: 9,
    });
    expect(spansOf(left, ada)).toEqual([]);
    expect(spansOf(left, bob)).toEqual([away, back]);
  });
});
