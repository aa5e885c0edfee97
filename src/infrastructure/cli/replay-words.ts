import type { Replayed } from '../../application/audit/replay.js';
import type { ReactionDocument } from '../../projections/reactions/reactions.model.js';
import {
  isNotice,
  type MessageDocument,
  type NoticeDocument,
  type TranscriptEntry,
} from '../../projections/transcript/transcript.model.js';
import { droppedWords } from './dropped-words.js';
import { printable } from './printable.js';

type NameOf = (userId: string) => string;

/** Messages and notices as they followed each other. */
const inOrder = ({ messages, notices }: Replayed): readonly TranscriptEntry[] =>
  [...messages, ...notices].sort(
    (one, other) =>
      one.sequence - other.sequence || (isNotice(one) ? one.notice : 0) - (isNotice(other) ? other.notice : 0),
  );

const messageLines = (message: MessageDocument, reactions: readonly ReactionDocument[], nameOf: NameOf): string => {
  const { sequence, postedAt, author, text, replyTo, correctedAt, retractedAt } = message;
  const [first = '', ...more] = printable(text ?? (retractedAt === null ? '(erased)' : '(retracted)')).split('\n');
  const rest = more.map((part) => `\n      ${part}`).join('');
  const answers = replyTo === null ? '' : ` (answers #${replyTo})`;
  const corrected = correctedAt === null ? '' : ` (corrected ${new Date(correctedAt).toISOString()})`;
  const reacted = reactions
    .filter((one) => one.sequence === sequence)
    .map(({ user, reaction }) => `\n      ${printable(reaction)} ${nameOf(user)}`)
    .join('');
  return `  #${sequence}  ${new Date(postedAt).toISOString()}  ${nameOf(author)}${answers}: ${first}${rest}${corrected}${reacted}`;
};

const noticeLine = ({ happenedAt, by, what, users, title }: NoticeDocument, nameOf: NameOf): string => {
  const whom = users.filter((user) => user !== by).map((user) => ` ${nameOf(user)}`);
  const called = what === 'titled' ? ` ${title === null ? '(no title)' : `"${printable(title)}"`}` : '';
  return `  --  ${new Date(happenedAt).toISOString()}  ${nameOf(by)} ${what}${whom.join(',')}${called}`;
};

/** What `audit replay` prints. */
export const wordsOf = (replayed: Replayed, names: ReadonlyMap<string, string>): string => {
  const { conversationId, kind, position, at, participants, seenBy, messages, reactions, messagesInAll } = replayed;
  const nameOf = (userId: string): string => printable(names.get(userId) ?? userId);
  const view = seenBy === null ? 'everything' : `as ${nameOf(seenBy)} could see it`;
  const lines = [
    `Conversation ${conversationId} (${kind}), ${view}`,
    `As of position ${position}${at === null ? '' : `, ${new Date(at).toISOString()}`}`,
    ...replayed.dropped.map(droppedWords),
    '',
    'Participants',
    ...participants.map(({ userId, spans }) => {
      const stays = spans.map(({ joinedAt, leftAt }) => `from #${joinedAt}${leftAt === null ? '' : ` to #${leftAt}`}`);
      return `  ${nameOf(userId)}  ${stays.join(', ')}  (${userId})`;
    }),
    '',
    `Messages (${messages.length} of ${messagesInAll})`,
    ...inOrder(replayed).map((entry) =>
      isNotice(entry) ? noticeLine(entry, nameOf) : messageLines(entry, reactions, nameOf),
    ),
  ];
  if (seenBy !== null && !participants.some(({ userId }) => userId === seenBy))
    lines.push(`  ${nameOf(seenBy)} took no part in it and could see nothing.`);
  return lines.join('\n');
};
