import { z } from 'zod';
import type { RosterEvent } from '../../../domain/roster/index.js';
import type { EventSchemas } from '../event-schema.js';
import { id, instant } from './fields.js';

/** `request` counts what one person asked of the other. */
const ofUser = { owner: id, user: id, request: z.int().positive() };
const ofAsker = { owner: id, from: id, request: z.int().positive() };

export const rosterEvents: EventSchemas<RosterEvent> = {
  FavoriteRequested: {
    meaning:
      'The owner asks to see the presence of `user`. `inReturn`: while accepting their own request. `state`: `accepted` if they did before.',
    version: 1,
    shape: z.strictObject({
      ...ofUser,
      inReturn: z.boolean(),
      state: z.enum(['asked', 'accepted']),
      askedAt: instant,
    }),
    personal: {},
  },
  FavoriteAccepted: {
    meaning: 'That person accepted: the owner sees their presence.',
    version: 1,
    shape: z.strictObject({ ...ofUser, acceptedAt: instant }),
    personal: {},
  },
  FavoriteRemoved: {
    meaning: 'The owner took the star away; `request` is the last one that this ends.',
    version: 1,
    shape: z.strictObject({ ...ofUser, removedAt: instant }),
    personal: {},
  },
  RequestReceived: {
    meaning: "Somebody asks to see the owner's presence.",
    version: 1,
    shape: z.strictObject({ ...ofAsker, askedAt: instant, receivedAt: instant }),
    personal: {},
  },
  RequestAccepted: {
    meaning:
      "From now on that person sees the owner's presence: by the owner's answer, in return for their own request, or because they did already.",
    version: 1,
    shape: z.strictObject({ ...ofAsker, how: z.enum(['answer', 'in-return', 'standing']), acceptedAt: instant }),
    personal: {},
  },
  RequestDeclined: {
    meaning: 'The owner said no; the asker is not told.',
    version: 1,
    shape: z.strictObject({ ...ofAsker, declinedAt: instant }),
    personal: {},
  },
  RequestWithdrawn: {
    meaning: 'The asker no longer wanted it before the owner answered.',
    version: 1,
    shape: z.strictObject({ ...ofAsker, withdrawnAt: instant }),
    personal: {},
  },
  WatcherRevoked: {
    meaning: 'The owner no longer lets that person see their presence; they are not told.',
    version: 1,
    shape: z.strictObject({ ...ofUser, revokedAt: instant }),
    personal: {},
  },
  WatcherLeft: {
    meaning: 'A watcher took the star away.',
    version: 1,
    shape: z.strictObject({ ...ofUser, leftAt: instant }),
    personal: {},
  },
};
