import type {
  Availability,
  MarkView,
  MessageView,
  NoticeView,
  PersonView,
  Placed,
  ReactionView,
  Schedule,
} from './views.js';

/** Commands by name: what the client sends as `data`, and the `result` of an accepted one. */
export interface Commands {
  /** Starts, or finds, the private conversation with that person, and opens its tab. */
  'conversation.start': { data: { with: string }; result: { conversationId: string } };
  /** The frame's id becomes the message's id. Repeating the frame answers as the first time. */
  'conversation.post': {
    data: { conversationId: string; text: string; replyTo?: number; mentions?: string[] };
    result: { messageId: string; sequence: number; postedAt: number };
  };
  /** Starts a group; the others are invited. The frame's id decides which group it is: repeating the frame finds the same one. */
  'conversation.start-group': { data: { with: string[]; title?: string }; result: { conversationId: string } };
  'conversation.invite': { data: { conversationId: string; users: string[] }; result: Record<string, never> };
  'conversation.withdraw': { data: { conversationId: string; user: string }; result: Record<string, never> };
  'conversation.join': { data: { conversationId: string }; result: Record<string, never> };
  'conversation.decline': { data: { conversationId: string }; result: Record<string, never> };
  'conversation.leave': { data: { conversationId: string }; result: Record<string, never> };
  'conversation.title': { data: { conversationId: string; title: string | null }; result: Record<string, never> };
  'message.correct': {
    data: { conversationId: string; sequence: number; text: string };
    result: Record<string, never>;
  };
  'message.retract': { data: { conversationId: string; sequence: number }; result: Record<string, never> };
  'message.react': {
    data: { conversationId: string; sequence: number; reaction: string };
    result: Record<string, never>;
  };
  'message.unreact': {
    data: { conversationId: string; sequence: number; reaction: string };
    result: Record<string, never>;
  };
  'desk.mute': { data: { conversationId: string; muted: boolean }; result: Record<string, never> };
  'desk.share-reading': { data: { shared: boolean }; result: Record<string, never> };
  /** `null`: no hours at all. */
  'desk.set-schedule': { data: { schedule: Schedule | null }; result: Record<string, never> };
  /** The star: asks to see the person's presence. Asking again while it is on changes nothing. */
  'roster.add-favorite': { data: { user: string }; result: Record<string, never> };
  /** Asks once more, somebody whom one asked or who accepted before. Not more often than every ten minutes. */
  'roster.resend-request': { data: { user: string }; result: Record<string, never> };
  'roster.remove-favorite': { data: { user: string }; result: Record<string, never> };
  /** `addToo` (with `accept` alone): mark them with the star as well; since they asked first, they are not asked again. */
  'roster.answer-request': {
    data: { from: string; accept: boolean; addToo?: boolean };
    result: Record<string, never>;
  };
  /** They see one as offline from now on, and are told nothing. */
  'roster.revoke-watcher': { data: { user: string }; result: Record<string, never> };
  /** `until`: then what held before comes back; `null`: it stays. */
  'presence.choose': {
    data: { availability: Availability; text: string | null; until: number | null };
    result: Record<string, never>;
  };
  'desk.open-tab': { data: { conversationId: string }; result: Record<string, never> };
  /** `upTo`: the last sequence that the person can have seen. */
  'desk.close-tab': { data: { conversationId: string; upTo: number }; result: Record<string, never> };
  /** Everything up to and including the sequence was read. Moves forward only. */
  'desk.move-read-marker': { data: { conversationId: string; sequence: number }; result: Record<string, never> };
}
export type CommandName = keyof Commands;

/** Queries by name: what the client sends as `data`, and what it gets. */
export interface Queries {
  /** At most 10 enabled people, oneself never among them; words are prefixes, accents and case aside. */
  'people.find': { data: { text: string }; result: { people: PersonView[] } };
  /** Names for ids met in views; unknown ids are left out. At most 100 ids. */
  'people.get': { data: { ids: string[] }; result: { people: PersonView[] } };
  /**
   * What one may see of a conversation: messages and notices, each ascending, and the reactions to those messages. A place is a sequence,
   * or a sequence and a notice after it. `before` (exclusive): the last `limit` entries below it; `after` (exclusive): the first `limit`
   * ones above it; neither: the last ones. `more`: there are further ones in that direction.
   */
  'transcript.page': {
    data: {
      conversationId: string;
      before?: number;
      beforeNotice?: number;
      after?: number;
      afterNotice?: number;
      limit: number;
    };
    result: {
      messages: readonly Placed<MessageView>[];
      notices: readonly Placed<NoticeView>[];
      reactions: readonly Placed<ReactionView>[];
      more: boolean;
    };
  };
  /** Those of the named messages that one may see. At most 100. */
  'transcript.messages': {
    data: { conversationId: string; sequences: number[] };
    result: { messages: readonly Placed<MessageView>[] };
  };
  /**
   * Messages that one may see and that have every word of the text (the last one as a prefix; accents and case aside), newest first. Without
   * `conversationId`: in all of one's conversations, and `before` is not allowed. `before` (exclusive): only messages below that sequence.
   * `more`: there are further ones.
   */
  'transcript.search': {
    data: { text: string; conversationId?: string; before?: number; limit: number };
    result: { messages: readonly Placed<MessageView>[]; more: boolean };
  };
  /** How far the others have read. Empty for who does not share their own reading, and in conversations of more than 50. */
  'conversation.read-marks': { data: { conversationId: string }; result: { marks: readonly Placed<MarkView>[] } };
}
export type QueryName = keyof Queries;
