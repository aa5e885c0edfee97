import { useClient } from './use-client.js';
import type { ListEnds } from './use-scroll-list.js';

/** What there is before and after the part of a conversation that is here. */
export const useListEnds = (conversationId: () => string): ListEnds => {
  const { client, state } = useClient();
  const transcript = () => state.value.data.transcripts.get(conversationId());
  return {
    hasOlder: () => transcript()?.atBeginning === false,
    loadOlder: () => client.loadOlder(conversationId()),
    hasNewer: () => transcript()?.adrift === true,
    loadNewer: () => client.loadNewer(conversationId()),
    loadNewest: () => client.loadNewest(conversationId()),
  };
};
