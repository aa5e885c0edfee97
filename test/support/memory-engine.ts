import { SealingCodec } from '../../src/application/codec/sealing-codec.js';
import type { Engine } from '../../src/engine.js';
import { MemoryEventLog } from '../../src/infrastructure/event-log/memory/memory-event-log.js';
import { MemoryReadModels } from '../../src/infrastructure/read-models/memory/memory-read-models.js';
import {
  MemoryCredentialStore,
  MemoryKeyStore,
  MemorySessionStore,
} from '../../src/infrastructure/vault/memory/memory-vault.js';

/** The reference adapters together: nothing is kept. */
export const openMemoryEngine = (): Engine & { readonly log: MemoryEventLog } => {
  const keys = new MemoryKeyStore();
  const readModels = new MemoryReadModels();
  return {
    description: ['memory (nothing is kept)'],
    folder: null,
    log: new MemoryEventLog(new SealingCodec(keys)),
    readModels,
    snapshots: readModels,
    leases: readModels,
    keys,
    credentials: new MemoryCredentialStore(),
    sessions: new MemorySessionStore(),
    close: () => Promise.resolve(),
  };
};
