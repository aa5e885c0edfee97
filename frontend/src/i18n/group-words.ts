/** What the client says about groups and conversations as a whole. */
export interface GroupWords {
  readonly removeFromList: string;
  readonly groupTitle: string;
  readonly optional: string;
  readonly titleTooLong: (limit: number) => string;
  readonly groupHint: (n: number) => string;
  readonly newGroupHint: string;
  readonly inviteHint: string;
  readonly invite: string;
  readonly inviteMore: string;

  readonly groupChat: string;
  readonly leaveQuestion: string;
  readonly leaveHint: string;
  readonly groupChats: string;
  readonly groupOf: (names: string) => string;
  readonly participantCount: (n: number) => string;
  readonly more: (n: number) => string;
  readonly allParticipants: (n: number) => string;

  readonly allInvited: (n: number) => string;
  readonly invitedPeople: string;
  readonly invited: string;
  readonly declined: string;
  readonly withdraw: (name: string) => string;

  readonly invitations: string;
  readonly invitationTitle: string;
  readonly invitation: (name: string, others: string) => string;
  readonly joinRule: string;
  readonly join: string;
  readonly decline: string;
  readonly moreInvitations: (n: number) => string;

  readonly actions: string;
  readonly rename: string;
  readonly save: string;
  readonly close: string;
  readonly mute: string;
  readonly muted: string;
  readonly mentioned: string;
  readonly leave: string;
  readonly youLeft: (title: string) => string;
  readonly leftRule: string;
  readonly undo: string;
  readonly reading: string;
  readonly shareReading: string;
}
