import { randomBytes } from 'node:crypto';
import type { Credential, CredentialStore } from '../../../application/ports/credential-store.js';
import { KeyDestroyed, type KeyStore } from '../../../application/ports/key-store.js';
import type { Session, SessionStore } from '../../../application/ports/session-store.js';
import type { UserId } from '../../../domain/kernel/ids.js';

/* The vault's ports in memory: the reference that tests compare with. Nothing is kept. */

export class MemoryKeyStore implements KeyStore {
  /** `null`: destroyed. */
  private readonly keys = new Map<UserId, Buffer | null>();

  obtain(subject: UserId): Promise<Buffer> {
    if (!this.keys.has(subject)) this.keys.set(subject, randomBytes(32));
    const key = this.keys.get(subject);
    return key ? Promise.resolve(key) : Promise.reject(new KeyDestroyed(subject));
  }

  obtainAll(subjects: readonly UserId[]): Promise<void> {
    for (const subject of subjects) if (!this.keys.has(subject)) this.keys.set(subject, randomBytes(32));
    return Promise.resolve();
  }

  find(subject: UserId): Promise<Buffer | null> {
    return Promise.resolve(this.keys.get(subject) ?? null);
  }

  destroy(subject: UserId): Promise<void> {
    this.keys.set(subject, null);
    return Promise.resolve();
  }
}

export class MemoryCredentialStore implements CredentialStore {
  private readonly byLogin = new Map<string, Credential>();

  find(login: string): Promise<Credential | null> {
    return Promise.resolve(this.byLogin.get(login) ?? null);
  }

  ofUser(userId: UserId): Promise<Credential | null> {
    return Promise.resolve([...this.byLogin.values()].find((credential) => credential.userId === userId) ?? null);
  }

  reserve(credentials: readonly Credential[]): Promise<readonly Credential[]> {
    const inForce = credentials.map((credential) => {
      const taken = this.byLogin.get(credential.login);
      if (!taken) this.byLogin.set(credential.login, credential);
      return taken ?? credential;
    });
    return Promise.resolve(inForce);
  }

  async setPasswordHash(userId: UserId, passwordHash: string): Promise<void> {
    const credential = await this.ofUser(userId);
    if (!credential) throw new Error(`there are no credentials of ${userId}`);
    this.byLogin.set(credential.login, { ...credential, passwordHash });
  }
}

export class MemorySessionStore implements SessionStore {
  private readonly byToken = new Map<string, Session>();

  add(tokenHash: string, session: Session): Promise<void> {
    this.byToken.set(tokenHash, session);
    return Promise.resolve();
  }

  find(tokenHash: string): Promise<Session | null> {
    return Promise.resolve(this.byToken.get(tokenHash) ?? null);
  }

  touch(id: Session['id'], at: Session['lastSeenAt']): Promise<void> {
    for (const [token, session] of this.byToken)
      if (session.id === id && session.lastSeenAt < at) this.byToken.set(token, { ...session, lastSeenAt: at });
    return Promise.resolve();
  }

  remove(id: Session['id']): Promise<void> {
    this.removeWhere((session) => session.id === id);
    return Promise.resolve();
  }

  removeAllOf(userId: UserId): Promise<void> {
    this.removeWhere((session) => session.userId === userId);
    return Promise.resolve();
  }

  prune({ idle, absolute }: Parameters<SessionStore['prune']>[0]): Promise<number> {
    return Promise.resolve(this.removeWhere(({ lastSeenAt, startedAt }) => lastSeenAt < idle || startedAt < absolute));
  }

  private removeWhere(matches: (session: Session) => boolean): number {
    let removed = 0;
    for (const [token, session] of this.byToken)
      if (matches(session)) {
        this.byToken.delete(token);
        removed++;
      }
    return removed;
  }
}
