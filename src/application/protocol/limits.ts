/** One row for each limit: what it is when nothing is configured, and the environment variable that sets it. */
export const LIMITS = {
  messageCodePoints: { value: 8_000, variable: 'PARLEY_LIMIT_MESSAGE_CODE_POINTS', words: 'code points in a message' },
  titleCodePoints: {
    value: 100,
    variable: 'PARLEY_LIMIT_TITLE_CODE_POINTS',
    words: 'code points in the title of a group',
  },
  participants: {
    value: 500,
    variable: 'PARLEY_LIMIT_PARTICIPANTS',
    words: 'people in a group, those who are invited included',
  },
  statusCodePoints: {
    value: 100,
    variable: 'PARLEY_LIMIT_STATUS_CODE_POINTS',
    words: "code points in one's own words beside a status",
  },
  favorites: { value: 1_000, variable: 'PARLEY_LIMIT_FAVORITES', words: 'favorites of one person' },
  resendMs: {
    value: 600_000,
    variable: 'PARLEY_LIMIT_RESEND_MS',
    words: 'milliseconds before the same person may be asked again to be a favorite',
  },
  idleMs: {
    value: 600_000,
    variable: 'PARLEY_LIMIT_IDLE_MS',
    words: 'milliseconds without input after which a device counts as idle',
  },
  presenceGraceMs: {
    value: 30_000,
    variable: 'PARLEY_LIMIT_PRESENCE_GRACE_MS',
    words: 'milliseconds that somebody whose last connection is gone is still shown as there',
  },
  frameBytes: { value: 65_536, variable: 'PARLEY_LIMIT_FRAME_BYTES', words: 'bytes in a frame sent to the server' },
  pageSize: { value: 100, variable: 'PARLEY_LIMIT_PAGE_SIZE', words: 'messages in one transcript page' },
  peopleFound: { value: 10, variable: 'PARLEY_LIMIT_PEOPLE_FOUND', words: 'people in the answer to people.find' },
  commandsPerSecond: { value: 10, variable: 'PARLEY_LIMIT_COMMANDS_PER_SECOND', words: 'commands a second and person' },
  commandsBurst: { value: 30, variable: 'PARLEY_LIMIT_COMMANDS_BURST', words: 'commands in one burst and person' },
  queriesPerSecond: { value: 20, variable: 'PARLEY_LIMIT_QUERIES_PER_SECOND', words: 'queries a second and person' },
  queriesBurst: { value: 60, variable: 'PARLEY_LIMIT_QUERIES_BURST', words: 'queries in one burst and person' },
  findsPerSecond: { value: 2, variable: 'PARLEY_LIMIT_FINDS_PER_SECOND', words: 'people.find a second and person' },
  findsBurst: { value: 10, variable: 'PARLEY_LIMIT_FINDS_BURST', words: 'people.find in one burst and person' },
  writingPerSecond: {
    value: 2,
    variable: 'PARLEY_LIMIT_WRITING_PER_SECOND',
    words: 'writing frames a second and person; more are dropped without a word',
  },
  writingBurst: { value: 10, variable: 'PARLEY_LIMIT_WRITING_BURST', words: 'writing frames in one burst and person' },
  connectionsPerUser: { value: 10, variable: 'PARLEY_LIMIT_CONNECTIONS_PER_USER', words: 'connections of one person' },
  connectionsPerAddress: {
    value: 100,
    variable: 'PARLEY_LIMIT_CONNECTIONS_PER_ADDRESS',
    words: 'connections from one IP address',
  },
  helloMs: { value: 5_000, variable: 'PARLEY_LIMIT_HELLO_MS', words: 'milliseconds until hello must have come' },
  heartbeatMs: { value: 25_000, variable: 'PARLEY_LIMIT_HEARTBEAT_MS', words: 'milliseconds between pings' },
  slowMs: { value: 30_000, variable: 'PARLEY_LIMIT_SLOW_MS', words: 'milliseconds that a client may not read' },
  sendBufferBytes: {
    value: 524_288,
    variable: 'PARLEY_LIMIT_SEND_BUFFER_BYTES',
    words: 'bytes that may wait for one connection before deltas are dropped',
  },
  mailbox: { value: 1_024, variable: 'PARLEY_LIMIT_MAILBOX', words: 'commands that may wait for one aggregate' },
  signInsQueued: { value: 32, variable: 'PARLEY_LIMIT_SIGN_INS_QUEUED', words: 'password checks that may wait' },
  signInsPerMinute: {
    value: 30,
    variable: 'PARLEY_LIMIT_SIGN_INS_PER_MINUTE',
    words: 'failed sign-ins a minute and login, and the same for an address',
  },
} as const satisfies Record<string, { value: number; variable: string; words: string }>;

export type LimitName = keyof typeof LIMITS;
export type Limits = Readonly<Record<LimitName, number>>;

export const DEFAULT_LIMITS = Object.fromEntries(
  Object.entries(LIMITS).map(([name, row]) => [name, row.value]),
) as unknown as Limits;
