import type { DeviceKind } from '../../../src/application/protocol/index.js';
import type { PeopleWords } from './people-words.js';
import { plural } from './words.js';

const count = plural('en');
const DEVICES: Readonly<Record<DeviceKind, string>> = {
  computer: ' on your computer',
  phone: ' on your phone',
  tablet: ' on your tablet',
};
const onDevice = (device: DeviceKind | null): string => (device === null ? '' : DEVICES[device]);

export const peopleWordsEn: PeopleWords = {
  roster: {
    favoritesHint: 'Add people with the star to see when they are available.',
    add: (name) => `Add ${name} to favorites`,
    remove: (name) => `Remove ${name} from favorites`,
    removeQuestion: (name) => `Remove ${name} from favorites?`,
    removeHint: 'You will no longer see their status.',
    removeAnswer: 'Remove',
    resend: 'Resend a subscription request',
    resendTo: (name) => `Resend a subscription request to ${name}`,
    asked: (name) => `Request sent to ${name}. You see their status once they accept.`,
    askedAgain: (name) => `Request sent again to ${name}.`,

    requests: 'Subscription requests',
    requestTitle: 'Subscription request',
    requestFrom: (name) => `Subscription request from ${name}`,
    request: (name) => `${name} wants to add you to their favorites and see when you are available.`,
    addToo: (name) => `Add ${name} to my favorites too`,
    accept: 'Accept',
    moreRequests: (n) => count(n, { one: '1 more request', other: `${n} more requests` }),
    newRequest: 'New request',

    profileOf: (name) => `Profile of ${name}`,
    noAddress: 'No address',
    notShown: 'You see their status once they are among your favorites and accepted.',
    requestPending: 'They have not accepted your request.',

    watchers: 'Who sees my status…',
    watchersTitle: 'Who sees my status',
    watchersHint: 'These people see your status. Whoever you take that from sees you as offline, and is not told.',
    noWatchers: 'Nobody sees your status.',
    watcherSince: (day) => `since ${day}`,
    revoke: 'Revoke',
    revokeFrom: (name) => `Revoke: ${name} no longer sees my status`,
    revokeQuestion: (name) => `No longer show your status to ${name}?`,
    revokeHint: 'They will see you as offline and are not told. They may ask again.',
  },
  presence: {
    states: { available: 'Available', busy: 'Busy', away: 'Away', offline: 'Offline' },
    until: (when) => `until ${when}`,
    ownStatus: (status) => `Your status: ${status}`,
    statusMenu: 'Status',
    custom: 'Custom message…',
    clear: 'Clear the message',
    clearTo: (status) => `Clear: back to ${status}`,
    reasons: {
      chosen: (status, device) => `${status}, set by you${onDevice(device)}`,
      idle: (status) => `${status} because no device was used for a while`,
      'outside-working-hours': (status) => `${status}: outside your working hours`,
      'do-not-disturb': (status, _, window) => `${status}: do not disturb${window === null ? '' : ` ${window}`}`,
      default: (status) => `${status}, because you are here`,
      disconnected: (status) => `${status}, because no device is connected`,
    },

    customTitle: {
      available: 'Custom available status message',
      busy: 'Custom busy status message',
      away: 'Custom away status message',
    },
    message: 'Message',
    messageTooLong: (limit) => `The message is too long. At most ${limit} characters.`,
    clearAfter: 'Clear after',
    ends: {
      never: 'Don’t clear',
      'half-hour': '30 minutes',
      hour: '1 hour',
      'four-hours': '4 hours',
      today: 'Today',
      week: 'This week',
      chosen: 'Choose…',
    },
    endsAt: 'Date and time',
    endIsPast: 'Choose a moment to come.',
    recent: 'Recent messages',
    set: 'Set',

    colours: 'Status colours',
    coloursDefault: 'Busy red, away amber',
    coloursOriginal: 'Busy orange, away red',

    schedule: 'Working hours…',
    scheduleTitle: 'Working hours',
    scheduleHint: 'Outside of them you are shown as away, unless you choose something else.',
    zone: 'Time zone',
    hasWorkingHours: 'I have working hours',
    workingHours: 'Working hours',
    doNotDisturb: 'Do not disturb',
    doNotDisturbHint: 'At these times you are shown as busy, and nothing calls you.',
    addDoNotDisturb: 'Add a time',
    removeDoNotDisturb: (n) => `Remove time ${n}`,
    days: 'Days',
    from: 'From',
    to: 'To',
    nextDay: 'Ends on the next day.',
    noDay: 'Choose at least one day.',
  },
};
