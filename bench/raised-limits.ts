/** A few people act for many here, from one address: what protects a server from that would be all that is measured. */
export const LIMITS_RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'PARLEY_LIMIT_COMMANDS_PER_SECOND',
    'PARLEY_LIMIT_COMMANDS_BURST',
    'PARLEY_LIMIT_QUERIES_PER_SECOND',
    'PARLEY_LIMIT_QUERIES_BURST',
    'PARLEY_LIMIT_CONNECTIONS_PER_USER',
    'PARLEY_LIMIT_CONNECTIONS_PER_ADDRESS',
    'PARLEY_LIMIT_SIGN_INS_PER_MINUTE',
  ].map((name) => [name, '1000000']),
);
