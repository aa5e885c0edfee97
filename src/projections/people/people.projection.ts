import type { AccountEvent } from '../../domain/account/events.js';
import { foldWords } from '../runtime/fold-words.js';
import { projection } from '../runtime/projection.js';
import type { PersonDocument } from './people.model.js';

export const people = projection<AccountEvent, PersonDocument>({
  name: 'people',
  categories: ['account'],
  terms: true,
  handlers: {
    AccountRegistered: ({ event: { data } }) => [
      {
        op: 'put',
        key: data.userId,
        doc: {
          id: data.userId,
          login: data.login,
          name: data.displayName,
          email: data.email,
          enabled: true,
          terms: termsOf(data.displayName, data.login, data.email),
        },
      },
    ],
    AccountDisabled: ({ event: { data } }) => [{ op: 'patch', key: data.userId, set: { enabled: false } }],
    AccountEnabled: ({ event: { data } }) => [{ op: 'patch', key: data.userId, set: { enabled: true } }],
    PasswordChanged: 'ignore',
    SessionEnded: 'ignore',
  },
});

const termsOf = (...texts: readonly (string | null)[]): readonly string[] => [
  ...new Set(texts.flatMap((text) => foldWords(text ?? ''))),
];
