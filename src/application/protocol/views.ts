/** What a client shows. Ids are UUID texts; instants are milliseconds since 1970-01-01T00:00:00Z. */

/** Each document with the position of the newest event that is in it. */
export interface Placed<Doc> {
  readonly at: number;
  readonly doc: Doc;
}

export interface PersonView {
  readonly id: string;
  /** `null`: the person was erased. */
  readonly name: string | null;
  readonly email: string | null;
}

/** Head of a conversation; `lastSequence` is 0 while nothing was said. */
export interface ConversationView {
  readonly id: string;
  readonly kind: 'direct' | 'group';
  /** Who takes part now, in the order in which they came. */
  readonly participants: readonly string[];
  /** `null`: called after its participants. */
  readonly title: string | null;
  readonly startedAt: number;
  readonly lastSequence: number;
  /** `null` while nothing was said. */
  readonly lastPostedAt: number | null;
}

/**
 * One's own tab of a conversation. It is shown if `open || lastSequence > hiddenUpTo`: a message that comes after the tab was closed (or
 * before it was ever opened) shows it. Unread is `lastSequence - readMarker`.
 */
export interface TabView {
  readonly conversationId: string;
  readonly open: boolean;
  /** Tabs are ordered by this instant, then by conversation id. */
  readonly openedAt: number;
  readonly hiddenUpTo: number;
  readonly readMarker: number;
  readonly muted: boolean;
  /** Sequence of the newest message that mentions oneself; 0: none. */
  readonly mentionedAt: number;
  /** Sequence of the newest message that mentioned oneself and was retracted; 0: none. See `isMentionUnseen`. */
  readonly mentionRetracted: number;
}

/** One message. The pair of conversation and sequence names it; `messageId` is the id that its author's client gave. */
export interface MessageView {
  readonly conversationId: string;
  readonly sequence: number;
  readonly messageId: string;
  readonly author: string;
  /** `null`: retracted, or the author was erased. */
  readonly text: string | null;
  /** Sequence of the message that this one answers. One may see this one and not that one. */
  readonly replyTo: number | null;
  /** The participants whom the author addressed. */
  readonly mentions: readonly string[];
  readonly postedAt: number;
  /** Of the last correction. */
  readonly correctedAt: number | null;
  readonly retractedAt: number | null;
}

/**
 * What happened between messages. It stands after the message `sequence` (0: before the first one); `notice` numbers the notices of a
 * conversation, so the pair orders everything. A notice is never unread.
 */
export interface NoticeView {
  readonly conversationId: string;
  readonly sequence: number;
  readonly notice: number;
  readonly what: 'invited' | 'withdrawn' | 'declined' | 'joined' | 'left' | 'titled';
  /** Whose doing it was. */
  readonly by: string;
  /** Whom it concerned: those who were invited, or the one whose invitation ended. */
  readonly users: readonly string[];
  readonly title: string | null;
  /** The only one who is shown it; `null`: everybody who was there. */
  readonly onlyFor: string | null;
  readonly happenedAt: number;
}

/** One reaction of one person to one message; `reaction` is one emoji. */
export interface ReactionView {
  readonly conversationId: string;
  readonly sequence: number;
  readonly user: string;
  readonly reaction: string;
  readonly addedAt: number;
}

/** An invitation that one may accept or decline. */
export interface InvitationView {
  readonly conversationId: string;
  readonly invitedBy: string;
  /** Some of the others who take part or are invited: at most ten. */
  readonly others: readonly string[];
  readonly invitedAt: number;
}

/** Somebody whom one invited and who has not joined. */
export interface InvitedView {
  readonly conversationId: string;
  readonly user: string;
  readonly state: 'invited' | 'declined';
  readonly since: number;
}

/** How far another participant has read. Sent only between people who both share it, in conversations of at most 50. */
export interface MarkView {
  readonly conversationId: string;
  readonly user: string;
  readonly sequence: number;
}

/**
 * A time of the week in the zone of its schedule. `days`: 1 (Monday) to 7 (Sunday), the days on which it begins. `from`, `to`: minutes after
 * midnight; one that ends at or before its beginning ends on the next day.
 */
export interface WeeklyWindow {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** When one is shown as Away or Busy without choosing it each time. `zone`: a name of the IANA time zone database. */
export interface Schedule {
  readonly zone: string;
  /** Outside of them one is shown as Away; `null`: no such hours. */
  readonly workingHours: WeeklyWindow | null;
  /** During them one is shown as Busy. At most five. */
  readonly doNotDisturb: readonly WeeklyWindow[];
}

/** What holds for oneself everywhere. */
export interface PreferencesView {
  readonly sharesReading: boolean;
  readonly schedule: Schedule | null;
}

/** What holds before anything was chosen. */
export const DEFAULT_PREFERENCES: PreferencesView = { sharesReading: true, schedule: null };

/** Somebody whom one marked with the star, in the hope of seeing their presence. */
export interface FavoriteView {
  readonly user: string;
  /** `asked`: they have not accepted; whether they will, or said no, is not told. */
  readonly state: 'asked' | 'accepted';
  /** When one asked last. */
  readonly askedAt: number;
}

/** Somebody who asks to see one's presence. */
export interface FavoriteRequestView {
  readonly from: string;
  readonly askedAt: number;
}

/** Somebody whom one allowed to see one's presence. */
export interface WatcherView {
  readonly user: string;
  readonly since: number;
}

/** What a person can choose. Offline is derived, never chosen. */
export type Availability = 'available' | 'busy' | 'away';
export type DeviceKind = 'computer' | 'phone' | 'tablet';

/**
 * Presence of an accepted favorite. There is exactly one for each favorite in the state `accepted`, whether or not they still allow it: who no
 * longer does is `offline`, and nothing tells the two apart.
 */
export interface PresenceView {
  readonly user: string;
  readonly state: Availability | 'offline';
  /** In the person's own words; `null` when offline. */
  readonly text: string | null;
  /** The end that is foreseen. */
  readonly until: number | null;
  /** `null` when offline: when somebody went is not told. */
  readonly since: number | null;
}

/** One's own presence, as one's watchers see it, and why. */
export interface OwnPresenceView {
  readonly state: Availability | 'offline';
  readonly text: string | null;
  readonly until: number | null;
  readonly reason: 'chosen' | 'idle' | 'outside-working-hours' | 'do-not-disturb' | 'default' | 'disconnected';
  /** What holds while nothing stronger does. `device`, `at`: where and when it was chosen; `null`: never. */
  readonly chosen: {
    readonly availability: Availability;
    readonly text: string | null;
    readonly until: number | null;
    readonly device: DeviceKind | null;
    readonly at: number | null;
  };
  /** What comes back at `chosen.until`. */
  readonly former: { readonly availability: Availability; readonly text: string | null } | null;
  readonly sessions: readonly { readonly device: DeviceKind; readonly idle: boolean; readonly since: number }[];
}

/** The views whose changes are pushed, by name. */
export interface Views {
  conversation: ConversationView;
  tab: TabView;
  message: MessageView;
  notice: NoticeView;
  reaction: ReactionView;
  invitation: InvitationView;
  invited: InvitedView;
  mark: MarkView;
  preferences: PreferencesView;
  favorite: FavoriteView;
  request: FavoriteRequestView;
  watcher: WatcherView;
  presence: PresenceView;
  ownPresence: OwnPresenceView;
}
export type ViewName = keyof Views;

/** Name of a document within its view, as `key` of a change says it. */
export const viewKey = {
  conversation: (view: ConversationView): string => view.id,
  tab: (view: TabView): string => view.conversationId,
  message: (view: Pick<MessageView, 'conversationId' | 'sequence'>): string =>
    `${view.conversationId}/${view.sequence}`,
  notice: (view: Pick<NoticeView, 'conversationId' | 'sequence' | 'notice'>): string =>
    `${view.conversationId}/${view.sequence}.${view.notice}`,
  reaction: (view: Pick<ReactionView, 'conversationId' | 'sequence' | 'user' | 'reaction'>): string =>
    `${view.conversationId}/${view.sequence}/${view.user}/${view.reaction}`,
  invitation: (view: InvitationView): string => view.conversationId,
  invited: (view: InvitedView): string => `${view.conversationId}/${view.user}`,
  mark: (view: MarkView): string => `${view.conversationId}/${view.user}`,
  preferences: (): string => 'own',
  favorite: (view: FavoriteView): string => view.user,
  request: (view: FavoriteRequestView): string => view.from,
  watcher: (view: WatcherView): string => view.user,
  presence: (view: PresenceView): string => view.user,
  ownPresence: (): string => 'own',
} as const;

/** A tab is shown when it was opened, or when something was said after it was closed. */
export const isTabShown = (tab: TabView, lastSequence: number): boolean => tab.open || lastSequence > tab.hiddenUpTo;
export const unreadOf = (tab: TabView, lastSequence: number): number => Math.max(0, lastSequence - tab.readMarker);
/** Whether the newest mention of oneself is still to be seen. One that was retracted calls nobody, and no older one comes in its place. */
export const isMentionUnseen = ({ mentionedAt, mentionRetracted, readMarker }: TabView): boolean =>
  mentionedAt > Math.max(mentionRetracted, readMarker);
