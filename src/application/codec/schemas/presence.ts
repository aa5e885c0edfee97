import { z } from 'zod';
import type { PresenceEvent } from '../../../domain/presence/index.js';
import type { EventSchemas } from '../event-schema.js';
import { id, instant, text } from './fields.js';

const availability = z.enum(['available', 'busy', 'away']);
const device = z.enum(['computer', 'phone', 'tablet']);
const node = z.string().regex(/^[\w.-]{1,200}$/, 'is no name of a node');

/** Every presence event carries the whole result, because older ones are dropped (ADR 0006). */
const said = {
  user: id,
  at: instant,
  changed: z.boolean(),
  sessions: z.array(z.strictObject({ session: id, node, device, idle: z.boolean(), openedAt: instant })),
  availability,
  text: text.nullable(),
  until: instant.nullable(),
  device: device.nullable(),
  chosenAt: instant.nullable(),
  formerAvailability: availability.nullable(),
  formerText: text.nullable(),
  imposed: z
    .strictObject({
      availability: z.enum(['busy', 'away']),
      reason: z.enum(['outside-working-hours', 'do-not-disturb']),
    })
    .nullable(),
  overridden: z.boolean(),
  imposedUntil: instant.nullable(),
  since: instant.nullable(),
};
const personal = { text: 'user', formerText: 'user' } as const;
const ofPerson = { version: 1, shape: z.strictObject(said), personal };
const ofSession = { version: 1, shape: z.strictObject({ ...said, session: id, node }), personal };

export const presenceEvents: EventSchemas<PresenceEvent> = {
  SessionOpened: { meaning: 'A sign-in of the person got its first connection at a node.', ...ofSession },
  SessionClosed: {
    meaning: 'Its last connection there is gone, for longer than a reload takes.',
    ...ofSession,
  },
  SessionsExpired: {
    meaning: "A node is gone, and the person's sessions there with it.",
    version: 1,
    shape: z.strictObject({ ...said, node }),
    personal,
  },
  SessionIdled: { meaning: 'Nobody was at that device for a while.', ...ofSession },
  SessionResumed: { meaning: 'Somebody is at that device again.', ...ofSession },
  AvailabilityChosen: { meaning: 'The person chose a status, perhaps with words and an end.', ...ofPerson },
  AvailabilityLapsed: { meaning: 'The foreseen end came; what held before holds again.', ...ofPerson },
  ScheduleApplied: { meaning: "The person's schedule says something else from now on.", ...ofPerson },
};
