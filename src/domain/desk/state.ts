import type { ConversationId } from '../kernel/ids.js';

export interface TabState {
  readonly open: boolean;
  readonly readMarker: number;
}

/** What one user has open, and how far they read. */
export interface DeskState {
  readonly tabs: Readonly<Record<ConversationId, TabState>>;
}

export const initialState: DeskState = Object.freeze({ tabs: Object.freeze({}) });

const UNTOUCHED: TabState = Object.freeze({ open: false, readMarker: 0 });

export const tabOf = (state: DeskState, id: ConversationId): TabState => state.tabs[id] ?? UNTOUCHED;
