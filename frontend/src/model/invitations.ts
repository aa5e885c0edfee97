import type { InvitationView, InvitedView } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';

/** What one may accept or decline, the newest first. */
export const openInvitations = ({ invitations }: ClientState): InvitationView[] =>
  [...invitations.values()]
    .flatMap(({ doc }) => doc ?? [])
    .sort((a, b) => b.invitedAt - a.invitedAt || (a.conversationId < b.conversationId ? -1 : 1));

/** Whom one invited to a conversation oneself and who has not joined, in the order of inviting. */
export const invitedTo = ({ invited }: ClientState, conversationId: string): InvitedView[] =>
  [...invited.values()]
    .flatMap(({ doc }) => (doc?.conversationId === conversationId ? [doc] : []))
    .sort((a, b) => a.since - b.since);
