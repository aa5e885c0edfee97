import type {
  CommandFrame,
  HelloFrame,
  PROTOCOL_VERSION,
  QueryFrame,
  SOCKET_PATH,
} from '../../src/application/protocol/index.js';

/* Checked against the protocol by their types; the values themselves need nothing of the server at run time. */
export const SOCKET_PATH_ON_THE_WIRE: typeof SOCKET_PATH = '/socket';
const VERSION: typeof PROTOCOL_VERSION = 1;
export const HELLO = JSON.stringify({ t: 'hello', version: VERSION } satisfies HelloFrame);

/** Digits of a message's number, in its id and at the beginning of its text. */
export const DIGITS = 12;
const TEXT_BYTES = 100;
const HOLE = '#'.repeat(DIGITS);
const PADDING = ' and so on'.repeat(TEXT_BYTES).slice(0, TEXT_BYTES - DIGITS);

/** Two generators must not use the same ids: a process has a prefix of its own. */
const prefix = Math.floor(Math.random() * 0xffffffff)
  .toString(16)
  .padStart(8, '0');

/** A frame with holes that the message's number goes into: no serialising per message. */
const filledWith = (frame: CommandFrame | QueryFrame): ((digits: string) => string) => {
  const parts = JSON.stringify(frame).split(HOLE);
  return (digits) => parts.join(digits);
};

export const postTemplate = (conversationId: string): ((digits: string) => string) =>
  filledWith({
    t: 'command',
    id: `${prefix}-0000-4000-8000-${HOLE}`,
    name: 'conversation.post',
    data: { conversationId, text: HOLE + PADDING },
  });

export const lastPageTemplate = (conversationId: string, limit: number): ((digits: string) => string) =>
  filledWith({ t: 'query', id: HOLE, name: 'transcript.page', data: { conversationId, limit } });

export const searchTemplate = (conversationId: string, text: string, limit: number): ((digits: string) => string) =>
  filledWith({ t: 'query', id: HOLE, name: 'transcript.search', data: { conversationId, text, limit } });

export const digitsOf = (message: number): string => String(message).padStart(DIGITS, '0');

const ID = Buffer.from(`"id":"${prefix}-0000-4000-8000-`);
const TEXT = Buffer.from('"text":"');
const ACCEPTED = Buffer.from('"ok":true');

const numberAt = (data: Buffer, from: number): number => {
  let number = 0;
  for (let place = from; place < from + DIGITS; place++) number = number * 10 + (data[place] ?? 48) - 48;
  return number;
};
const numberAfter = (data: Buffer, mark: Buffer): number => {
  const found = data.indexOf(mark);
  return found < 0 ? -1 : numberAt(data, found + mark.length);
};

/** The number of the message that an outcome answers; -1 where there is none. */
export const numberInOutcome = (data: Buffer): number => numberAfter(data, ID);
/** The number of the message in a delta; -1 when the delta has no message. */
export const numberInDelta = (data: Buffer): number => numberAfter(data, TEXT);
export const isAccepted = (data: Buffer): boolean => data.includes(ACCEPTED);
