import type { PresenceResult } from '../../domain/presence/state.js';

/** All that the newest presence event of a person says of them; key: the person. For themselves, and for what time does to it. */
export type OwnPresenceDocument = PresenceResult;
