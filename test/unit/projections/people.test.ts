import {
  doeChangedPassword,
  doeDisabled,
  doeEnabled,
  doeRegistered,
  doeSessionEnded,
} from '../../../src/domain/account/examples.js';
import { people } from '../../../src/projections/people/people.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { given } = projectionHarness(people);
const { userId } = doeRegistered.data;

const john = {
  id: userId,
  login: 'john.doe',
  name: 'John Doe',
  email: 'john.doe@example.org',
  enabled: true,
  terms: ['john', 'doe', 'example', 'org'],
};

describe('people', () => {
  it('AccountRegistered makes the person, to be found by each word once', () =>
    given(doeRegistered).then({ [userId]: john }));

  it('AccountRegistered folds accents and case of the words', () =>
    given({ ...doeRegistered, data: { ...doeRegistered.data, displayName: 'Zoë ÅNGSTRÖM' } }).then({
      [userId]: { ...john, name: 'Zoë ÅNGSTRÖM', terms: ['zoe', 'angstrom', 'john', 'doe', 'example', 'org'] },
    }));

  it('SEC-27 AccountRegistered of an erased person is found by nothing', () =>
    given({ ...doeRegistered, data: { ...doeRegistered.data, displayName: null, login: null, email: null } }).then({
      [userId]: { ...john, login: null, name: null, email: null, terms: [] },
    }));

  it('AccountDisabled and AccountEnabled switch it', async () => {
    await given(doeRegistered, doeDisabled).then({ [userId]: { ...john, enabled: false } });
    await given(doeRegistered, doeDisabled, doeEnabled).then({ [userId]: john });
  });

  it.each([doeChangedPassword, doeSessionEnded])('$type is ignored', (event) =>
    given(doeRegistered, event).then({ [userId]: john }),
  );

  it.each([doeDisabled, doeEnabled])('$type of nobody makes nobody', (event) => given(event).then({}));
});
