/** What a seeded data folder holds. People and conversations are named by their index. */
export interface SeedPlan {
  readonly people: number;
  readonly conversations: readonly PlannedConversation[];
  readonly groups?: readonly PlannedGroup[];
  /** Favorites of each person, mutual: as many of the neighbours on either side. An even number. */
  readonly favorites?: number;
}

/** Everybody has joined; the first member started it. */
export interface PlannedGroup {
  readonly members: readonly number[];
  readonly messages: number;
}

export interface PlannedConversation {
  readonly one: number;
  readonly other: number;
  readonly messages: number;
  /** Whether both have it open, and have read a part of it. */
  readonly tabs: boolean;
}

export interface SeededPerson {
  readonly id: string;
  readonly login: string;
  /** Of a session that runs already: only `cold-start` has to pay for a sign-in. */
  readonly token: string;
}

export interface Seeded {
  readonly events: number;
  readonly people: readonly SeededPerson[];
  readonly conversations: readonly { readonly id: string; readonly one: number; readonly other: number }[];
  readonly groups: readonly { readonly id: string; readonly members: readonly number[] }[];
}

/** A word that only every so many messages of a conversation have, and one that all have. */
export const RARE_WORD = 'ananas';
export const COMMON_WORD = 'reply';
export const RARELY = 1_000;

/** Of everybody; hashed once. */
export const PASSWORD = 'parley-bench';

const everyTen = (messages: number): number => Math.floor(messages / 10);

/** Each message, a read marker after every tenth, the conversation, and its two tabs. */
export const eventsOf = ({ messages, tabs }: PlannedConversation): number =>
  messages + 1 + (tabs ? 2 + everyTen(messages) : 0);

/** The start, each message, and that each of the others joined. */
export const eventsOfGroup = ({ members, messages }: PlannedGroup): number => members.length + messages;

/** Groups of so many people, nobody in two of them. */
export const groupsPlan = (groups: number, members: number, messages = 0): SeedPlan => ({
  people: groups * members,
  conversations: [],
  groups: Array.from({ length: groups }, (_, group) => ({
    members: Array.from({ length: members }, (_, member) => group * members + member),
    messages,
  })),
});

/** People who chat in pairs: 0 with 1, 2 with 3, and so on. */
export const pairsPlan = (pairs: number, messages = 0): SeedPlan => ({
  people: pairs * 2,
  conversations: Array.from({ length: pairs }, (_, pair) => ({
    one: pair * 2,
    other: pair * 2 + 1,
    messages,
    tabs: true,
  })),
});

/** About so many events: the first conversation has up to `longest` messages, the others share the rest evenly. */
export const chatPlan = (events: number, pairs: number, longest: number): SeedPlan => {
  const { people, conversations } = pairsPlan(pairs);
  const first = Math.min(longest, Math.floor(events * 0.9));
  const left = Math.max(0, events - people - first * 1.1 - pairs * 3);
  const each = Math.floor(left / 1.1 / Math.max(1, pairs - 1));
  return {
    people,
    conversations: conversations.map((planned, index) => ({ ...planned, messages: index === 0 ? first : each })),
  };
};

/** One conversation with so many messages. */
export const longPlan = (messages: number): SeedPlan => pairsPlan(1, messages);

/** Somebody with a long conversation and a short one. */
export const clientPlan = (messages: number): SeedPlan => ({
  people: 3,
  conversations: [
    { one: 0, other: 1, messages, tabs: true },
    { one: 0, other: 2, messages: Math.min(messages, 200), tabs: true },
  ],
});
