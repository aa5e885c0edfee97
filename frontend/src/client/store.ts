import { NOTHING, type ClientState } from '../model/index.js';
import { Subscribers } from './subscribers.js';
import { DEFAULT_LIMITS, type ViewState } from './view-state.js';

/** Holds the state. Whoever changes it says what it becomes; nobody else keeps a part of it. */
export class Store {
  readonly changes = new Subscribers<ViewState>();
  /** Told after `changes`, when the data changed and not only what surrounds it. */
  readonly dataChanges = new Subscribers<ClientState>();
  private current: ViewState = {
    data: NOTHING,
    link: { kind: 'idle' },
    limits: DEFAULT_LIMITS,
    selected: null,
    unloadable: new Set(),
    unsaved: [],
    trouble: null,
  };

  get state(): ViewState {
    return this.current;
  }
  get data(): ClientState {
    return this.current.data;
  }
  get isLive(): boolean {
    return this.current.link.kind === 'live';
  }

  set(part: Partial<ViewState>): void {
    this.current = { ...this.current, ...part };
    this.changes.tell(this.current);
  }

  setData(data: ClientState): void {
    this.set({ data });
    this.dataChanges.tell(data);
  }

  setUnloadable(id: string, is: boolean): void {
    if (this.current.unloadable.has(id) === is) return;
    const unloadable = new Set(this.current.unloadable);
    if (is) unloadable.add(id);
    else unloadable.delete(id);
    this.set({ unloadable });
  }
}
