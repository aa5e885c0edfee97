import { z } from 'zod';
import type { ConversationEvent } from '../../../domain/conversation/index.js';
import type { EventSchemas } from '../event-schema.js';
import { id, instant, sequence, text } from './fields.js';

/** Where a notice stands: after the message `sequence` (0: before the first one), as the notice of this number. */
const noticed = { sequence: z.int().nonnegative(), notice: z.int().positive() };
const title = text.nullable();

export const conversationEvents: EventSchemas<ConversationEvent> = {
  DirectConversationStarted: {
    meaning: 'Two people have a private conversation; both take part from the start.',
    version: 1,
    shape: z.strictObject({
      conversationId: id,
      startedBy: id,
      participants: z.tuple([id, id]),
      startedAt: instant,
    }),
    personal: {},
  },
  GroupConversationStarted: {
    meaning: 'A group exists. Whoever started it takes part (notice 2); the others are invited (notice 1).',
    version: 1,
    shape: z.strictObject({
      conversationId: id,
      startedBy: id,
      invited: z.array(id).min(1),
      title,
      startedAt: instant,
    }),
    personal: { title: 'startedBy' },
  },
  ParticipantsInvited: {
    meaning:
      'A participant invited people; each may join once. `participants`: some of those who took part then. Version 2 says who was passed over: they took part, or were invited already.',
    version: 2,
    shape: z.strictObject({
      conversationId: id,
      users: z.array(id).min(1),
      passedOver: z.array(id),
      invitedBy: id,
      participants: z.array(id),
      ...noticed,
      invitedAt: instant,
    }),
    personal: {},
    upcasts: { 1: (data) => ({ ...data, passedOver: [] }) },
  },
  InvitationWithdrawn: {
    meaning:
      'Whoever invited took the invitation back; once they left, any participant may. Version 2 says who had invited.',
    version: 2,
    shape: z.strictObject({
      conversationId: id,
      user: id,
      invitedBy: id,
      withdrawnBy: id,
      ...noticed,
      withdrawnAt: instant,
    }),
    personal: {},
    upcasts: { 1: (data) => ({ ...data, invitedBy: data['withdrawnBy'] }) },
  },
  InvitationDeclined: {
    meaning: 'The invited person said no; whoever invited them is told.',
    version: 1,
    shape: z.strictObject({ conversationId: id, user: id, invitedBy: id, ...noticed, declinedAt: instant }),
    personal: {},
  },
  ParticipantJoined: {
    meaning: 'An invited person takes part, and sees the messages after `sequence`.',
    version: 1,
    shape: z.strictObject({ conversationId: id, user: id, invitedBy: id, ...noticed, joinedAt: instant }),
    personal: {},
  },
  ParticipantLeft: {
    meaning: 'A participant left; the message `sequence` is the last that they saw.',
    version: 1,
    shape: z.strictObject({ conversationId: id, user: id, ...noticed, leftAt: instant }),
    personal: {},
  },
  ConversationTitled: {
    meaning: 'The group has this title; `null`: it is called after its participants.',
    version: 1,
    shape: z.strictObject({ conversationId: id, title, titledBy: id, ...noticed, titledAt: instant }),
    personal: { title: 'titledBy' },
  },
  MessagePosted: {
    meaning:
      'A participant said something. Sequences are gapless per conversation, from 1. Version 2 knows answers and mentions.',
    version: 2,
    shape: z.strictObject({
      conversationId: id,
      messageId: id,
      sequence,
      author: id,
      text,
      replyTo: sequence.nullable(),
      mentions: z.array(id),
      postedAt: instant,
    }),
    personal: { text: 'author' },
    upcasts: { 1: (data) => ({ ...data, replyTo: null, mentions: [] }) },
  },
};
