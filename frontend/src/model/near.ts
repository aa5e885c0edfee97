import type { ClientState } from './client-state.js';
import type { Transcript } from './transcript.js';

/** What stood around messages goes with them, once less is held than `before`. */
export const withoutFar = (state: ClientState, id: string, before: Transcript | undefined): ClientState => {
  const transcript = state.transcripts.get(id);
  if (!before || !transcript || !isLess(before, transcript)) return state;
  const { from, to, adrift } = transcript;
  const isNear = (sequence: number): boolean => sequence >= from - 1 && (!adrift || sequence <= to);
  const notices = (state.notices.get(id) ?? []).filter(({ doc }) => isNear(doc.sequence));
  const reactions = [...(state.reactions.get(id) ?? [])].filter(([sequence]) => isNear(sequence));
  return {
    ...state,
    notices: withEntry(state.notices, id, notices),
    reactions: new Map(state.reactions).set(id, new Map(reactions)),
  };
};

const isLess = (before: Transcript, next: Transcript): boolean => next.from > before.from || next.to < before.to;

export const withEntry = <V extends readonly unknown[]>(map: ReadonlyMap<string, V>, id: string, list: V) =>
  list.length > 0 || map.has(id) ? new Map(map).set(id, list) : map;
