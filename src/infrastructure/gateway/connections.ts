import type { Connection } from './connection.js';

/** Every open connection, by person and by address. */
export class Connections {
  private readonly byUser = new Map<string, Set<Connection>>();
  private readonly byAddress = new Map<string, number>();

  add(connection: Connection): void {
    const { userId } = connection.session;
    const own = this.byUser.get(userId);
    if (own) own.add(connection);
    else this.byUser.set(userId, new Set([connection]));
    this.byAddress.set(connection.address, this.fromAddress(connection.address) + 1);
  }

  remove(connection: Connection): void {
    const { userId } = connection.session;
    const own = this.byUser.get(userId);
    if (!own?.delete(connection)) return;
    if (own.size === 0) this.byUser.delete(userId);
    const left = this.fromAddress(connection.address) - 1;
    if (left > 0) this.byAddress.set(connection.address, left);
    else this.byAddress.delete(connection.address);
  }

  of(userId: string): ReadonlySet<Connection> | undefined {
    return this.byUser.get(userId);
  }

  fromAddress(address: string): number {
    return this.byAddress.get(address) ?? 0;
  }

  *all(): Iterable<Connection> {
    for (const own of this.byUser.values()) yield* own;
  }
}
