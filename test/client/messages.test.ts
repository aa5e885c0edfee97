import {
  marksBySequence,
  mentionedIn,
  mentionPlaces,
  offeredFor,
  openMentionOf,
  reactionGroups,
  withMention,
  type Addressee,
} from '../../frontend/src/model/index.js';
import { CONVERSATION } from './support/frames.js';

const JOHN: Addressee = { id: 'john', name: 'John' };
const SMITH: Addressee = { id: 'smith', name: 'John Smith' };
const ELODIE: Addressee = { id: 'elodie', name: 'Élodie de la Tour' };
const ALL = [SMITH, ELODIE, JOHN];
const ids = (people: readonly Addressee[]): string[] => people.map(({ id }) => id);

describe('mentions', () => {
  it('an @ at the start of a word opens the list, one inside of a word does not', () => {
    expect(openMentionOf('hi @jo', 6)).toEqual({ start: 3, typed: 'jo' });
    expect(openMentionOf('@', 1)).toEqual({ start: 0, typed: '' });
    expect(openMentionOf('(@jo', 4)).toEqual({ start: 1, typed: 'jo' });
    expect(openMentionOf('hi @jo', 2)).toBeNull();
    for (const text of ['mail@jo', 'hi', '@ jo', '@jo\nx', '@jo  x', `@${'x'.repeat(41)}`])
      expect([text, openMentionOf(text, text.length)]).toEqual([text, null]);
  });
  it('offers those whose name begins so, then those with such a word in it; accents and capitals aside', () => {
    expect(ids(offeredFor('', ALL))).toEqual(['elodie', 'john', 'smith']);
    expect(ids(offeredFor('JO', ALL))).toEqual(['john', 'smith']);
    expect(ids(offeredFor('el', ALL))).toEqual(['elodie']);
    expect(ids(offeredFor('smi', ALL))).toEqual(['smith']);
    expect(ids(offeredFor('john s', ALL))).toEqual(['smith']);
    expect(ids(offeredFor('ohn', ALL))).toEqual([]);
  });
  it('puts the name in the place of what was typed', () => {
    expect(withMention('hi @jo there', { start: 3, typed: 'jo' }, 'John Smith')).toEqual({
      text: 'hi @John Smith there',
      caret: 15,
    });
    expect(withMention('@jo', { start: 0, typed: 'jo' }, 'John')).toEqual({ text: '@John ', caret: 6 });
  });
  it('addresses those whose whole name still stands there, each once; of two that fit the longer one', () => {
    expect(mentionedIn('@John Smith and @John Smith', ALL)).toEqual(['smith']);
    expect(mentionedIn('@John, @Élodie de la Tour!', ALL)).toEqual(['john', 'elodie']);
    expect(mentionedIn('@Johnny, a@John @Joh', ALL)).toEqual([]);
    expect(mentionPlaces('hi @John.', ALL)).toEqual([{ id: 'john', start: 3, end: 8 }]);
  });
});

describe('reactions', () => {
  const reaction = (user: string, emoji: string, addedAt: number) => ({
    conversationId: CONVERSATION,
    sequence: 1,
    user,
    reaction: emoji,
    addedAt,
  });
  it('are chips by emoji, the first one first, with whose they are and whether one is one’s own', () => {
    const made = reactionGroups([reaction('b', '🎉', 3), reaction('me', '👍', 2), reaction('a', '🎉', 1)], 'me');
    expect(made).toEqual([
      { reaction: '🎉', users: ['a', 'b'], isOwn: false },
      { reaction: '👍', users: ['me'], isOwn: true },
    ]);
  });
});

describe('how far others have read', () => {
  const mark = (user: string, sequence: number) => ({ conversationId: CONVERSATION, user, sequence });
  it('each stands under the last message here that they have read', () => {
    const made = marksBySequence([mark('c', 5), mark('a', 5), mark('b', 3), mark('d', 99), mark('e', 0)], [1, 2, 5, 7]);
    expect([...made]).toEqual([
      [5, ['a', 'c']],
      [2, ['b']],
      [7, ['d']],
    ]);
  });
});
