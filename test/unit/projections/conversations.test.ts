import {
  doeAndSmith,
  doePosted,
  doeStartedWithSmith,
  johnDoe,
  johnSmith,
} from '../../../src/domain/conversation/examples.js';
import { conversations } from '../../../src/projections/conversations/conversations.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { given } = projectionHarness(conversations);

const started = {
  id: doeAndSmith,
  kind: 'direct',
  participants: [johnDoe, johnSmith],
  startedAt: doeStartedWithSmith.data.startedAt,
  lastSequence: 0,
  lastPostedAt: null,
} as const;

describe('conversations', () => {
  it('DirectConversationStarted makes the head, without a message', () =>
    given(doeStartedWithSmith).then({ [doeAndSmith]: started }));

  it('MessagePosted moves the last sequence and the time of the last message', () =>
    given(doeStartedWithSmith, doePosted(1), doePosted(2)).then({
      [doeAndSmith]: { ...started, lastSequence: 2, lastPostedAt: doePosted(2).data.postedAt },
    }));

  it('MessagePosted alone makes no head', () => given(doePosted(1)).then({}));

  it('holds no text of any message', async () => {
    await given(doeStartedWithSmith, doePosted(1, 'secret')).then({
      [doeAndSmith]: { ...started, lastSequence: 1, lastPostedAt: doePosted(1).data.postedAt },
    });
  });
});
