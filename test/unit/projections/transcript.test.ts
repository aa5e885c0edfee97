import { doeAndSmith, doePosted, doeStartedWithSmith } from '../../../src/domain/conversation/examples.js';
import { messageKey } from '../../../src/projections/transcript/transcript.model.js';
import { transcript } from '../../../src/projections/transcript/transcript.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { given } = projectionHarness(transcript);

describe('transcript', () => {
  it('MessagePosted keeps the message under its conversation and sequence', () =>
    given(doeStartedWithSmith, doePosted(1, 'Hi'), doePosted(2, 'there')).then({
      [messageKey(doeAndSmith, 1)]: doePosted(1, 'Hi').data,
      [messageKey(doeAndSmith, 2)]: doePosted(2, 'there').data,
    }));

  it('DirectConversationStarted is ignored', () => given(doeStartedWithSmith).then({}));

  it('SEC-27 keeps an erased message as one without text', () => {
    const { data, type } = doePosted(1);
    const erased = { ...data, text: null };
    return given({ type, data: erased }).then({ [messageKey(doeAndSmith, 1)]: erased });
  });

  it('keys sort as sequences do', () => {
    const sequences = [1, 2, 9, 10, 11, 99, 100, 12_345, 9_999_999_999];
    const keys = sequences.map((sequence) => messageKey(doeAndSmith, sequence));
    expect([...keys].sort()).toEqual(keys);
  });
});
