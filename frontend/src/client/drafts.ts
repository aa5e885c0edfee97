/** What was written and not sent, by conversation. Not reactive: typing must not redraw anything above the composer. */
export const drafts = new Map<string, string>();
