const INPUT_WITHIN_MS = 120_000;

/** Whether a message that comes now is surely seen, and never shown as new. All of it has to be true. */
export const isReadOnArrival = (now: {
  readonly windowFocused: boolean;
  readonly windowVisible: boolean;
  readonly composerActive: boolean;
  readonly following: boolean;
  readonly sinceInputMs: number;
}): boolean =>
  now.windowFocused && now.windowVisible && now.composerActive && now.following && now.sinceInputMs < INPUT_WITHIN_MS;
