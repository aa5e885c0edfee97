import { randomBytes } from 'node:crypto';
import { KeyDestroyed, type KeyStore } from '../../../application/ports/key-store.js';
import type { UserId } from '../../../domain/kernel/ids.js';
import { builtModule, SqliteThread } from '../../sqlite/sqlite-thread.js';
import type { FoundKey, program } from './keys-program.js';

const KEY_BYTES = 32;
/** Keys kept in memory: every event that is read or written asks for one. */
const CACHED = 50_000;

/** Keys in one SQLite file that overwrites what it deletes. */
export class SqliteKeyStore implements KeyStore {
  private readonly cache = new Map<UserId, Buffer>();

  private constructor(private readonly thread: SqliteThread<typeof program>) {}

  static async open(file: string, options: { readonly guest?: boolean } = {}): Promise<SqliteKeyStore> {
    const module = builtModule(import.meta.url, './keys-program.js');
    return new SqliteKeyStore(await SqliteThread.open<typeof program>({ program: module, file, ...options }));
  }

  async obtain(subject: UserId): Promise<Buffer> {
    const cached = this.cache.get(subject);
    if (cached) return cached;
    const stored = await this.find(subject);
    if (stored) return stored;
    const [made] = await this.thread.write('obtain', [candidate(subject)]);
    if (!made) throw new KeyDestroyed(subject);
    return this.keep(subject, made);
  }

  async obtainAll(subjects: readonly UserId[]): Promise<void> {
    await this.thread.write('obtain', subjects.map(candidate));
  }

  async find(subject: UserId): Promise<Buffer | null> {
    const cached = this.cache.get(subject);
    if (cached) return cached;
    const found: FoundKey = await this.thread.read('find', subject);
    return found ? this.keep(subject, found) : null;
  }

  async destroy(subject: UserId): Promise<void> {
    await this.thread.write('destroy', subject);
    this.cache.delete(subject);
  }

  /** Whether nobody ever had a key here. */
  isEmpty(): Promise<boolean> {
    return this.thread.read('isEmpty', undefined);
  }

  async close(): Promise<void> {
    await this.thread.close();
  }

  private keep(subject: UserId, bytes: Uint8Array): Buffer {
    const key = Buffer.from(bytes);
    this.cache.set(subject, key);
    if (this.cache.size > CACHED)
      for (const oldest of this.cache.keys()) {
        this.cache.delete(oldest);
        break;
      }
    return key;
  }
}

const candidate = (subject: UserId) => ({ subject, key: randomBytes(KEY_BYTES) });
