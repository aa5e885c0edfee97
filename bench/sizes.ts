/** How large everything is. */
export interface Sizes {
  readonly runs: number;
  /** Of one measured window, and of what goes before the first one. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly pairs: number;
  readonly rates: readonly number[];
  readonly groups: { readonly count: number; readonly members: number; readonly rates: readonly number[] };
  readonly idle: readonly number[];
  /** `favorites` of each, an even number. */
  readonly presence: { readonly people: number; readonly favorites: number };
  readonly historyMessages: number;
  readonly historyClients: readonly number[];
  readonly coldStartEvents: number;
  readonly rebuildEvents: number;
  readonly rebuildPairs: number;
  readonly appendsInFlight: readonly number[];
  /** One conversation in a browser; `pushed`: what comes in while it is open. */
  readonly client: {
    readonly messages: number;
    readonly pushed: number;
    readonly keys: number;
    readonly switches: number;
  };
  readonly growth: {
    readonly pairs: number;
    readonly times: readonly number[];
    readonly history: number;
    readonly perSecond: number;
    /** Groups of the same growth; `perSecond`: messages. */
    readonly groups: { readonly count: number; readonly members: number; readonly perSecond: number };
  };
}

export const FULL: Sizes = {
  runs: 3,
  seconds: 5,
  warmUpSeconds: 3,
  pairs: 200,
  rates: [100, 300, 1_000, 3_000],
  groups: { count: 10, members: 50, rates: [20, 50, 100, 200] },
  idle: [1_000, 3_000, 5_000],
  presence: { people: 1_000, favorites: 20 },
  historyMessages: 100_000,
  historyClients: [1, 20],
  coldStartEvents: 1_000_000,
  rebuildEvents: 1_000_000,
  rebuildPairs: 200,
  appendsInFlight: [1, 16, 256],
  client: { messages: 10_000, pushed: 3_600, keys: 200, switches: 20 },
  growth: {
    pairs: 20,
    times: [1, 10, 100],
    history: 100,
    perSecond: 300,
    groups: { count: 2, members: 20, perSecond: 50 },
  },
};

/** Whether everything works, not how fast it is. */
export const SMOKE: Sizes = {
  runs: 1,
  seconds: 0.5,
  warmUpSeconds: 0.2,
  pairs: 10,
  rates: [100, 300],
  groups: { count: 2, members: 5, rates: [20, 50] },
  idle: [20, 50],
  presence: { people: 20, favorites: 4 },
  historyMessages: 500,
  historyClients: [1, 20],
  coldStartEvents: 3_000,
  rebuildEvents: 3_000,
  rebuildPairs: 10,
  appendsInFlight: [1, 16, 256],
  client: { messages: 300, pushed: 100, keys: 20, switches: 4 },
  growth: {
    pairs: 2,
    times: [1, 3],
    history: 20,
    perSecond: 100,
    groups: { count: 1, members: 5, perSecond: 50 },
  },
};
