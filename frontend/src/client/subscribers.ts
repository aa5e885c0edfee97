/** Who wants to know. */
export class Subscribers<T> {
  private readonly all = new Set<(value: T) => void>();

  add(subscriber: (value: T) => void): () => void {
    this.all.add(subscriber);
    return () => this.all.delete(subscriber);
  }

  tell(value: T): void {
    for (const subscriber of [...this.all]) subscriber(value);
  }
}
