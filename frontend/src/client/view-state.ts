import type { ClientLimits, ErrorCode } from '../../../src/application/protocol/index.js';
import { LIMITS } from '../../../src/application/protocol/index.js';
import type { ClientState } from '../model/index.js';
import type { LinkStatus } from '../session/index.js';

/** At most one of each message: the last one. */
export interface UnsavedCorrection {
  readonly conversationId: string;
  readonly sequence: number;
  readonly text: string;
}

/** All that the screen is made of, as one immutable value. */
export interface ViewState {
  readonly data: ClientState;
  readonly link: LinkStatus;
  readonly limits: ClientLimits;
  /** The conversation that is looked at. */
  readonly selected: string | null;
  /** Conversations whose messages could not be loaded. */
  readonly unloadable: ReadonlySet<string>;
  /** Corrections that were refused while their author had begun something else: what they wrote is kept here. */
  readonly unsaved: readonly UnsavedCorrection[];
  /** Why the server does not take what is sent at the moment; it is tried again. */
  readonly trouble: ErrorCode | null;
}

/** Until the server says its own. */
export const DEFAULT_LIMITS: ClientLimits = {
  messageCodePoints: LIMITS.messageCodePoints.value,
  frameBytes: LIMITS.frameBytes.value,
  pageSize: LIMITS.pageSize.value,
  titleCodePoints: LIMITS.titleCodePoints.value,
  participants: LIMITS.participants.value,
  statusCodePoints: LIMITS.statusCodePoints.value,
  idleMs: LIMITS.idleMs.value,
};
