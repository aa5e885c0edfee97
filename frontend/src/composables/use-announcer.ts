import { onScopeDispose, ref, watch } from 'vue';
import { isQuiet, openInvitations, openRequests, startOf } from '../model/index.js';
import { useClient } from './use-client.js';
import { useNames } from './use-names.js';
import { useNoticeTexts } from './use-notice-texts.js';
import { useWords } from './use-words.js';

/** Speaks at most once in this time, so that a lively chat stays bearable. */
const PAUSE_MS = 1_000;
const SINGLY_MOST = 3;

/** What a screen reader says of messages that come in to the selected conversation, author and text and no time, and of invitations and requests. */
export const useAnnouncer = () => {
  const { client, state } = useClient();
  const { words } = useWords();
  const spoken = ref('');
  let waiting: string[] = [];
  let isPausing = false;

  const speak = (): void => {
    if (waiting.length === 0) return;
    spoken.value = waiting.length > SINGLY_MOST ? words.value.manyNew(waiting.length) : waiting.join('\n');
    waiting = [];
    isPausing = true;
    setTimeout(() => {
      isPausing = false;
      speak();
    }, PAUSE_MS);
  };
  /** Who is busy is not disturbed (S91). */
  const say = (text: string): void => {
    if (isQuiet(state.value.data)) return;
    waiting.push(text);
    if (!isPausing) speak();
  };
  const forget = client.arrivals.add(({ conversationId, author, text }) => {
    if (conversationId !== state.value.selected || text === null) return;
    const name = state.value.data.people.get(author)?.name ?? words.value.unknownPerson;
    say(words.value.said(name, startOf(text, 300)));
  });
  const { textsOf } = useNoticeTexts();
  const forgetNotices = client.noticed.add((notice) => {
    if (notice.conversationId === state.value.selected) say(textsOf(notice).join('\n'));
  });
  const { nameOf, isNamed } = useNames();
  const told = new Set<string>();
  watch(
    () => openInvitations(state.value.data).filter(({ invitedBy }) => isNamed(invitedBy)),
    (invitations) => {
      for (const { conversationId, invitedBy, invitedAt } of invitations) {
        const key = `${conversationId} ${invitedAt}`;
        if (!told.has(key)) say(words.value.groups.invitation(nameOf(invitedBy), ''));
        told.add(key);
      }
    },
    { immediate: true },
  );
  watch(
    () => openRequests(state.value.data).filter(({ from }) => isNamed(from)),
    (requests) => {
      for (const { from, askedAt } of requests) {
        const key = `${from} ${askedAt}`;
        if (!told.has(key)) say(words.value.roster.request(nameOf(from)));
        told.add(key);
      }
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    forget();
    forgetNotices();
  });
  return spoken;
};
