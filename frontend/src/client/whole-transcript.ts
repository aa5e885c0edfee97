import type { MessageView, NoticeView, Queries } from '../../../src/application/protocol/index.js';

type Page = Queries['transcript.page'];
export type Entry =
  | { readonly kind: 'message'; readonly message: MessageView }
  | { readonly kind: 'notice'; readonly notice: NoticeView };

const PAGE_SIZE = 100;

/** Everything that one may see of a conversation, page by page from the oldest on. Ends early when nobody asks for the next page. */
export const wholeTranscript = async function* (
  ask: (data: Page['data']) => Promise<Page['result']>,
  conversationId: string,
): AsyncGenerator<readonly Entry[], void, undefined> {
  let after = { sequence: 0, notice: 0 };
  for (;;) {
    const asked = { conversationId, after: after.sequence, limit: PAGE_SIZE };
    const page = await ask(after.notice === 0 ? asked : { ...asked, afterNotice: after.notice });
    const entries = inOrder(page);
    const last = entries.at(-1);
    if (!last) return;
    yield entries;
    if (!page.more) return;
    after = placeOf(last);
  }
};

const placeOf = (entry: Entry): { readonly sequence: number; readonly notice: number } =>
  entry.kind === 'message' ? { sequence: entry.message.sequence, notice: 0 } : entry.notice;

const inOrder = ({ messages, notices }: Page['result']): Entry[] =>
  [
    ...messages.map(({ doc }): Entry => ({ kind: 'message', message: doc })),
    ...notices.map(({ doc }): Entry => ({ kind: 'notice', notice: doc })),
  ].sort((a, b) => {
    const [one, other] = [placeOf(a), placeOf(b)];
    return one.sequence - other.sequence || one.notice - other.notice;
  });
