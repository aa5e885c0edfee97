import type { Process } from './process.js';

/** Takes a request to the person who is asked, and their yes back. A no goes nowhere: who asked is not told. */
export const favoriteRequests: Process<'roster'> = {
  name: 'favorite-requests',
  category: 'roster',
  reactions: {
    FavoriteRequested: ({ data: { owner, user, request, inReturn, askedAt } }) => ({
      of: user,
      command: { type: 'ReceiveRequest', data: { owner: user, from: owner, request, inReturn, askedAt } },
    }),
    RequestAccepted: ({ data: { owner, from, request } }) => ({
      of: from,
      command: { type: 'ConfirmFavorite', data: { owner: from, user: owner, request } },
    }),
    FavoriteRemoved: ({ data: { owner, user, request } }) => ({
      of: user,
      command: { type: 'WithdrawRequest', data: { owner: user, from: owner, request } },
    }),
    FavoriteAccepted: 'ignore',
    RequestReceived: 'ignore',
    RequestDeclined: 'ignore',
    RequestWithdrawn: 'ignore',
    WatcherRevoked: 'ignore',
    WatcherLeft: 'ignore',
  },
};
