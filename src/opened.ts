/** What was opened, to be closed in the reverse order. */
export class Opened {
  private readonly closing: (() => Promise<void> | void)[] = [];

  async keep<T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> {
    const store = await opening;
    this.closing.push(() => store.close());
    return store;
  }

  /** Is closed after everything else. */
  last(close: () => void): void {
    this.closing.unshift(close);
  }

  async close(): Promise<void> {
    for (const close of this.closing.splice(0).reverse()) await close();
  }
}
