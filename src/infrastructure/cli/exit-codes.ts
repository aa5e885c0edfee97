/** What the programs end with. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** Wrong usage or configuration: nothing was opened. */
  usage: 2,
  differences: 3,
  /** Another process holds the data. */
  busy: 4,
  unreachable: 5,
  integrity: 6,
  interrupted: 130,
} as const;
