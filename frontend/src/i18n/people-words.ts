import type {
  Availability,
  DeviceKind,
  OwnPresenceView,
  PresenceView,
} from '../../../src/application/protocol/index.js';
import type { StatusEnd } from '../model/index.js';

/** What the client says about favorites, requests and who may see what. */
export interface RosterWords {
  readonly favoritesHint: string;
  readonly add: (name: string) => string;
  readonly remove: (name: string) => string;
  readonly removeQuestion: (name: string) => string;
  readonly removeHint: string;
  readonly removeAnswer: string;
  readonly resend: string;
  readonly resendTo: (name: string) => string;
  readonly asked: (name: string) => string;
  readonly askedAgain: (name: string) => string;

  readonly requests: string;
  readonly requestTitle: string;
  readonly requestFrom: (name: string) => string;
  readonly request: (name: string) => string;
  readonly addToo: (name: string) => string;
  readonly accept: string;
  readonly moreRequests: (n: number) => string;
  /** In the window title. */
  readonly newRequest: string;

  readonly profileOf: (name: string) => string;
  readonly noAddress: string;
  readonly notShown: string;
  readonly requestPending: string;

  readonly watchers: string;
  readonly watchersTitle: string;
  readonly watchersHint: string;
  readonly noWatchers: string;
  readonly watcherSince: (day: string) => string;
  readonly revoke: string;
  readonly revokeFrom: (name: string) => string;
  readonly revokeQuestion: (name: string) => string;
  readonly revokeHint: string;
}

/** What the client says about presence. */
export interface PresenceWords {
  readonly states: Readonly<Record<PresenceView['state'], string>>;
  readonly until: (when: string) => string;
  readonly ownStatus: (status: string) => string;
  readonly statusMenu: string;
  readonly custom: string;
  readonly clear: string;
  readonly clearTo: (status: string) => string;
  /** Why one is shown as what one is; `status` with its end, `device`: where it was chosen. */
  readonly reasons: Readonly<
    Record<OwnPresenceView['reason'], (status: string, device: DeviceKind | null, window: string | null) => string>
  >;

  readonly customTitle: Readonly<Record<Availability, string>>;
  readonly message: string;
  readonly messageTooLong: (limit: number) => string;
  readonly clearAfter: string;
  readonly ends: Readonly<Record<StatusEnd, string>>;
  readonly endsAt: string;
  readonly endIsPast: string;
  readonly recent: string;
  readonly set: string;

  readonly colours: string;
  readonly coloursDefault: string;
  readonly coloursOriginal: string;

  readonly schedule: string;
  readonly scheduleTitle: string;
  readonly scheduleHint: string;
  readonly zone: string;
  readonly hasWorkingHours: string;
  readonly workingHours: string;
  readonly doNotDisturb: string;
  readonly doNotDisturbHint: string;
  readonly addDoNotDisturb: string;
  readonly removeDoNotDisturb: (n: number) => string;
  readonly days: string;
  readonly from: string;
  readonly to: string;
  readonly nextDay: string;
  readonly noDay: string;
}

export interface PeopleWords {
  readonly roster: RosterWords;
  readonly presence: PresenceWords;
}
