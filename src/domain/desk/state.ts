import type { ConversationId } from '../kernel/ids.js';

export interface TabState {
  readonly open: boolean;
  readonly readMarker: number;
  /** The stay in which it was muted; `null`: it is not. */
  readonly mutedIn: number | null;
}

/** What one user has open, how far they read, and whether others see that. */
export interface DeskState {
  readonly tabs: Readonly<Record<ConversationId, TabState>>;
  readonly sharesReading: boolean;
}

export const initialState: DeskState = Object.freeze({ tabs: Object.freeze({}), sharesReading: true });

const UNTOUCHED: TabState = Object.freeze({ open: false, readMarker: 0, mutedIn: null });

export const tabOf = (state: DeskState, id: ConversationId): TabState => state.tabs[id] ?? UNTOUCHED;
