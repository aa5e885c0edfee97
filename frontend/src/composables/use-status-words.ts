import type { OwnPresenceView } from '../../../src/application/protocol/index.js';
import {
  ownPresenceOf,
  preferencesOf,
  timeFieldOf,
  windowAt,
  type ShownPresence,
  type ShownState,
} from '../model/index.js';
import { times } from './times.js';
import { useClient } from './use-client.js';
import { useWords } from './use-words.js';

/** What is said of somebody's presence, in words; instants in the zone of who reads it. */
export const useStatusWords = () => {
  const { state } = useClient();
  const { words } = useWords();
  /** What one may not see is said like what is not there (S14). */
  const labelOf = (of: ShownState): string => words.value.presence.states[of === 'unknown' ? 'offline' : of];
  const withEnd = (text: string, until: number | null, separator: string): string =>
    until === null ? text : `${text}${separator}${words.value.presence.until(times.untilOf(until))}`;
  /** The name of the window that one is not to be disturbed in, in the zone of the schedule. */
  const windowNow = (): string | null => {
    const { schedule } = preferencesOf(state.value.data);
    const window = schedule && windowAt(schedule.doNotDisturb, schedule.zone, Date.now());
    return window && `${timeFieldOf(window.from)}–${timeFieldOf(window.to)}`;
  };
  return {
    labelOf,
    /** Words of one's own in place of the status, with the end: "Budget review · until 15:00". */
    wordsOf: ({ state: of, text, until }: ShownPresence): string => withEnd(text ?? labelOf(of), until, ' · '),
    /** With the status in any case, for those who do not see the glyph. */
    spokenOf: ({ state: of, text, until }: ShownPresence): string =>
      withEnd(text === null ? labelOf(of) : `${labelOf(of)}: ${text}`, until, ', '),
    /** Why one is shown as what one is. */
    reasonOf: (own: OwnPresenceView): string => {
      const window = own.reason === 'do-not-disturb' ? windowNow() : null;
      const status = withEnd(labelOf(own.state), window === null ? own.until : null, ' ');
      return words.value.presence.reasons[own.reason](status, own.chosen.device, window);
    },
    own: () => ownPresenceOf(state.value.data),
  };
};
