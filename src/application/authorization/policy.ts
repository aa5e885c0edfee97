import type { UserId } from '../../domain/kernel/ids.js';
import type { CommandName, QueryName } from '../protocol/index.js';

/** Who asks. An operator works on the machine itself, with the command line. */
export type Principal =
  { readonly kind: 'user'; readonly userId: UserId } | { readonly kind: 'operator' } | { readonly kind: 'anonymous' };

/** Use cases that no socket offers: sign-in over HTTP, administration by the command line. */
export const INNER_USE_CASES = [
  'session.start',
  'session.end',
  'session.find',
  'account.register',
  'account.disable',
  'account.enable',
  'account.set-password',
  'account.list',
  'desk.snapshot',
] as const;
export type InnerUseCase = (typeof INNER_USE_CASES)[number];

export type UseCase = CommandName | QueryName | InnerUseCase;

export interface PolicyRow {
  readonly allowed: readonly Principal['kind'][];
  /** The rule that also depends on state, and where it is enforced: a decider's rejection, or the visibility rule. */
  readonly also: string | null;
}

/** Deny by default: a use case without a row does not compile, and a principal that is not in its row is refused. */
export const POLICY: Readonly<Record<UseCase, PolicyRow>> = {
  'conversation.start': { allowed: ['user'], also: 'the other person exists and is enabled (handler)' },
  'conversation.post': { allowed: ['user'], also: 'participant (conversation decider)' },
  'conversation.start-group': { allowed: ['user'], also: 'the others exist and are enabled (handler)' },
  'conversation.invite': { allowed: ['user'], also: 'participant (conversation decider); the others exist (handler)' },
  'conversation.withdraw': {
    allowed: ['user'],
    also: 'participant; own invitation, or one of somebody who left (conversation decider)',
  },
  'conversation.join': { allowed: ['user'], also: 'holds an open invitation (conversation decider)' },
  'conversation.decline': { allowed: ['user'], also: 'holds an open invitation (conversation decider)' },
  'conversation.leave': { allowed: ['user'], also: 'participant of a group (conversation decider)' },
  'conversation.title': { allowed: ['user'], also: 'participant of a group (conversation decider)' },
  'conversation.read-marks': { allowed: ['user'], also: 'participant; who shares sees who shares (handler)' },
  'message.correct': { allowed: ['user'], also: 'author (message decider); own spans (visibility)' },
  'message.retract': { allowed: ['user'], also: 'author (message decider); own spans (visibility)' },
  'message.react': { allowed: ['user'], also: 'own spans (visibility)' },
  'message.unreact': { allowed: ['user'], also: 'own reaction (message decider); own spans (visibility)' },
  'desk.mute': { allowed: ['user'], also: 'own desk; participant (handler)' },
  'desk.share-reading': { allowed: ['user'], also: 'own desk' },
  'desk.set-schedule': { allowed: ['user'], also: 'own desk' },
  'roster.add-favorite': { allowed: ['user'], also: 'own roster; the other person exists and is enabled (handler)' },
  'roster.resend-request': { allowed: ['user'], also: 'own favorite; at most every so often (roster decider)' },
  'roster.remove-favorite': { allowed: ['user'], also: 'own roster' },
  'roster.answer-request': { allowed: ['user'], also: 'addressee of an open request (roster decider)' },
  'roster.revoke-watcher': { allowed: ['user'], also: 'own roster' },
  'presence.choose': { allowed: ['user'], also: 'own presence' },
  'desk.open-tab': { allowed: ['user'], also: 'own desk; participant (handler)' },
  'desk.close-tab': { allowed: ['user'], also: 'own desk; participant (handler)' },
  'desk.move-read-marker': { allowed: ['user'], also: 'own desk; participant, up to the last sequence (handler)' },
  'people.find': { allowed: ['user'], also: 'enabled people other than oneself (directory)' },
  'people.get': { allowed: ['user'], also: null },
  'transcript.page': { allowed: ['user'], also: 'own spans (visibility)' },
  'transcript.messages': { allowed: ['user'], also: 'own spans (visibility)' },
  'transcript.search': { allowed: ['user'], also: 'own conversations, own spans (visibility)' },
  'session.start': { allowed: ['anonymous'], also: 'right password, enabled account (handler)' },
  'session.end': { allowed: ['user'], also: 'own session' },
  'session.find': { allowed: ['anonymous'], also: 'whoever holds the token' },
  'account.register': { allowed: ['operator'], also: null },
  'account.disable': { allowed: ['operator'], also: null },
  'account.enable': { allowed: ['operator'], also: null },
  'account.set-password': { allowed: ['operator'], also: null },
  'account.list': { allowed: ['operator'], also: null },
  'desk.snapshot': { allowed: ['user'], also: 'own tabs and conversations' },
};

/** A principal asked for what its row does not allow. Never reached by a well-behaved gateway: a defect, or an attack. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

export function authorize(useCase: UseCase, principal: Principal): void {
  if (!POLICY[useCase].allowed.includes(principal.kind))
    throw new NotAllowed(`${useCase} is not for ${principal.kind}`);
}

/** As `authorize`, for use cases that act for a person: answers who. */
export function authorizeUser(useCase: UseCase, principal: Principal): UserId {
  authorize(useCase, principal);
  if (principal.kind !== 'user') throw new NotAllowed(`${useCase} needs a person`);
  return principal.userId;
}
