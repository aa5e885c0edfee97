import type { CommandId } from '../../domain/kernel/ids.js';
import type { Message } from '../../domain/kernel/message.js';
import type { ExpectedRevision, Position, RecordedEvent, Revision } from '../ports/event-log.js';

/**
 * What a cell knows between two commands: the state, its place in the stream, and which commands made the newest events. It is
 * always what the log says; whenever that is in doubt the cell forgets it whole.
 */
export class CellMemory<S> {
  /** The newest commands, oldest first, each with the revision of its first event. */
  private readonly commands = new Map<CommandId, Revision>();

  constructor(
    public state: S,
    public revision: Revision = -1,
    public position: Position = 0,
    public snapshotRevision: Revision = -1,
    private readonly window: number,
  ) {}

  get expected(): ExpectedRevision {
    return this.revision < 0 ? 'no-stream' : this.revision;
  }

  /** Takes in the events that follow, in order. */
  adopt<E extends Message>(evolve: (state: S, event: E) => S, events: readonly RecordedEvent<E>[]): void {
    for (const { event, revision, position, metadata } of events) {
      this.state = evolve(this.state, event);
      this.revision = revision;
      this.position = position;
      this.remember(metadata.commandId, revision);
    }
  }

  remember(id: CommandId, firstRevision: Revision): void {
    if (this.commands.has(id)) return;
    this.commands.set(id, firstRevision);
    if (this.commands.size <= this.window) return;
    for (const oldest of this.commands.keys()) {
      this.commands.delete(oldest);
      break;
    }
  }

  revisionOf(id: CommandId): Revision | undefined {
    return this.commands.get(id);
  }
}
