import type { Metadata } from '@grpc/grpc-js';
import { accessDenied, unauthenticated } from './failures.js';
import type { StreamMetadata } from './stream-metadata.js';

export interface User {
  readonly password: string;
  readonly groups: readonly string[];
}
export type Users = Readonly<Record<string, User>>;
export type Right = '$r' | '$w' | '$d';

/** The users that every server has. */
export const DEFAULT_USERS: Users = { admin: { password: 'changeit', groups: ['$admins'] } };

const META_RIGHT = { $r: '$mr', $w: '$mw', $d: '$mw' } as const;
const granted = (roles: string | readonly string[]): readonly string[] => (typeof roles === 'string' ? [roles] : roles);

/** Who may do what, by basic authentication and the streams' access lists. `null` for users: an insecure server, where everybody may all. */
export class Access {
  constructor(
    private readonly users: Users | null,
    private readonly metadataOf: (stream: string) => StreamMetadata,
  ) {}

  /** Throws the error to be sent. `$all` is a stream like others here. */
  check(call: { readonly metadata: Metadata }, right: Right, stream: string): void {
    if (this.users === null) return;
    const roles = this.rolesOf(call.metadata);
    if (roles.includes('$admins')) return;
    const original = stream.startsWith('$$') ? stream.slice(2) : stream;
    const needed = original === stream ? right : META_RIGHT[right];
    const byDefault = stream.startsWith('$') ? '$admins' : '$all';
    const allowed = granted(this.metadataOf(original).$acl?.[needed] ?? byDefault);
    if (!allowed.some((role) => role === '$all' || roles.includes(role))) throw accessDenied();
  }

  private rolesOf(metadata: Metadata): readonly string[] {
    const [header] = metadata.get('authorization');
    if (header === undefined) return [];
    const text = Buffer.from(header.toString().replace(/^Basic /i, ''), 'base64').toString('utf8');
    const name = text.slice(0, text.indexOf(':'));
    const user = this.users?.[name];
    if (user?.password !== text.slice(name.length + 1)) throw unauthenticated();
    return [name, ...user.groups];
  }
}
