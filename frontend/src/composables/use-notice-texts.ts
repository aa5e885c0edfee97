import type { NoticeView } from '../../../src/application/protocol/index.js';
import { noticeTexts } from '../text/notice-texts.js';
import { useClient } from './use-client.js';
import { useNames } from './use-names.js';
import { useWords } from './use-words.js';

export const useNoticeTexts = () => {
  const { state } = useClient();
  const { words } = useWords();
  const { nameOf, listed } = useNames();
  return {
    textsOf: (notice: NoticeView): readonly string[] =>
      noticeTexts(notice, { words: words.value.message, self: state.value.data.self?.id, nameOf, listed }),
  };
};
