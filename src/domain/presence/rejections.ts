export type PresenceRejection = 'status-too-long' | 'until-past';
