/** Every error that a person or a program may see: its words, and whether the same request can succeed later. */
export const ERRORS = {
  'frame-malformed': { retryable: false, words: 'The frame is not JSON of the form that docs/protocol.md describes.' },
  'frame-unknown': { retryable: false, words: 'There is no such frame, command or query.' },
  'hello-first': { retryable: false, words: 'The first frame must be hello, and there is only one.' },
  'not-found': { retryable: false, words: 'There is no such conversation or person for you.' },
  'with-oneself': { retryable: false, words: 'Choose somebody other than yourself.' },
  'nobody-to-invite': { retryable: false, words: 'Choose at least one person other than yourself.' },
  'too-many-participants': { retryable: false, words: 'The group would have more people than allowed. Invite fewer.' },
  'not-a-group': { retryable: false, words: 'This is a private conversation. Start a group to add people.' },
  'invitation-void': { retryable: false, words: 'This invitation is no longer valid.' },
  'title-too-long': { retryable: false, words: 'The title is longer than allowed. Shorten it.' },
  'not-the-author': { retryable: false, words: 'Only who wrote a message can correct or retract it.' },
  'message-retracted': { retryable: false, words: 'The message was retracted.' },
  'too-many-corrections': {
    retryable: false,
    words: 'The message was corrected as often as is allowed. Write a new one.',
  },
  'reaction-unknown': { retryable: false, words: 'A reaction is one emoji.' },
  'too-many-reactions': { retryable: false, words: 'You reacted to this message as often as is allowed.' },
  'too-many-favorites': { retryable: false, words: 'You have as many favorites as is allowed. Remove one first.' },
  'asked-recently': { retryable: false, words: 'You asked this person a moment ago. Wait before you ask again.' },
  'not-a-favorite': { retryable: false, words: 'This person is not among your favorites. Add them first.' },
  'request-void': { retryable: false, words: 'This request is no longer valid.' },
  'status-too-long': { retryable: false, words: 'The status message is longer than allowed. Shorten it.' },
  'until-past': { retryable: false, words: 'That moment is past. Choose a later one.' },
  'schedule-unknown-zone': { retryable: false, words: 'This time zone is not known. Choose another one.' },
  'message-blank': { retryable: false, words: 'A message needs at least one visible character.' },
  'message-too-long': {
    retryable: false,
    words: 'The message is longer than allowed. Shorten it or send it in parts.',
  },
  'id-reused': {
    retryable: false,
    words: 'This id was already used for something else. Make a new id for a new intention.',
  },
  'rate-limited': { retryable: true, words: 'Too many requests. Wait a moment, then try again.' },
  busy: { retryable: true, words: 'The server is busy. Wait a moment, then try again.' },
  'log-unavailable': { retryable: true, words: 'The message store does not answer. Nothing was lost; try again soon.' },
  'store-full': { retryable: true, words: 'The message store is full. Nothing was lost; tell your administrator.' },
  'views-behind': { retryable: true, words: 'The server is still catching up. Try again in a moment.' },
  internal: {
    retryable: true,
    words: 'Something went wrong on the server. Try again; if it stays, tell your administrator.',
  },
  'already-registered': { retryable: false, words: 'There is an account with this login already.' },
  /* HTTP */
  'signed-out': { retryable: false, words: 'Please sign in.' },
  'sign-in-refused': { retryable: false, words: 'The login or the password is not right.' },
  'request-malformed': {
    retryable: false,
    words: 'The request does not have the form that docs/protocol.md describes.',
  },
  'origin-refused': { retryable: false, words: 'Requests from this web address are not allowed.' },
  'page-unknown': { retryable: false, words: 'There is nothing at this address.' },
} as const satisfies Record<string, { retryable: boolean; words: string }>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorBody {
  readonly code: ErrorCode;
  /** English words for logs; clients show their own by `code`. */
  readonly message: string;
  readonly retryable: boolean;
  /** Wait at least this long. */
  readonly retryAfterMs?: number;
  /** What exactly was wrong, for developers. */
  readonly detail?: string;
  /** Names this failure in the server's log. */
  readonly correlationId?: string;
}

export const errorBody = (
  code: ErrorCode,
  more: Pick<ErrorBody, 'retryAfterMs' | 'detail' | 'correlationId'> = {},
): ErrorBody => ({ code, message: ERRORS[code].words, retryable: ERRORS[code].retryable, ...more });

/** Why the server closes a socket. `again`: whether and how a client should come back. */
export const CLOSE = {
  'hello-timeout': { code: 4000, again: 'later', words: 'No hello came in time.' },
  'signed-out': { code: 4001, again: 'after sign-in', words: 'The session ended.' },
  'unsupported-version': { code: 4002, again: 'never', words: 'The server speaks another protocol version.' },
  'too-many-errors': { code: 4003, again: 'later', words: 'Too many frames that could not be understood.' },
  flood: { code: 4008, again: 'later', words: 'Too many frames.' },
  'slow-consumer': { code: 4009, again: 'now', words: 'The client did not read what was sent.' },
  'too-many-connections': { code: 4011, again: 'later', words: 'Too many connections of this person or address.' },
  'heartbeat-missed': { code: 4012, again: 'now', words: 'No answer to ping.' },
  'not-live': { code: 4013, again: 'later', words: 'The server cannot read its log and therefore pushes nothing.' },
  'going-away': { code: 1001, again: 'later', words: 'The server stops.' },
  'frame-too-large': { code: 1009, again: 'later', words: 'The frame was larger than allowed.' },
} as const satisfies Record<
  string,
  { code: number; again: 'now' | 'later' | 'after sign-in' | 'never'; words: string }
>;
export type CloseReason = keyof typeof CLOSE;
