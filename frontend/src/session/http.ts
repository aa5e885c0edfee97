import type { HttpError, PersonView, SignedIn } from '../../../src/application/protocol/index.js';

type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

export type SignInAnswer =
  | { readonly ok: true; readonly user: PersonView }
  | { readonly ok: false; readonly problem: SignInProblem; readonly retryAfterMs?: number };
export type SignInProblem = 'refused' | 'too-many' | 'unreachable' | 'failed';

export type WhoAmI =
  | { readonly kind: 'signed-in'; readonly user: PersonView }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'unreachable' };

const SESSION = '/api/session';

/** Sign-in and sign-out; the session itself is a cookie that scripts cannot read. */
export class SessionHttp {
  constructor(private readonly fetch: Fetch) {}

  async signIn(login: string, password: string): Promise<SignInAnswer> {
    let response: Response;
    try {
      response = await this.fetch(SESSION, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login, password }),
      });
      if (response.ok) return { ok: true, user: ((await response.json()) as SignedIn).user };
    } catch {
      return { ok: false, problem: 'unreachable' };
    }
    const error = await errorOf(response);
    const { retryAfterMs } = error ?? {};
    return {
      ok: false,
      problem: problemOf(response.status),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }

  async whoAmI(): Promise<WhoAmI> {
    try {
      const response = await this.fetch(SESSION);
      if (response.ok) return { kind: 'signed-in', user: ((await response.json()) as SignedIn).user };
      return { kind: response.status === 401 ? 'signed-out' : 'unreachable' };
    } catch {
      return { kind: 'unreachable' };
    }
  }

  /** `false`: the server did not hear it, and the session goes on. */
  async signOut(): Promise<boolean> {
    try {
      const response = await this.fetch(SESSION, { method: 'DELETE' });
      return response.ok || response.status === 401;
    } catch {
      return false;
    }
  }
}

const problemOf = (status: number): SignInProblem => {
  if (status === 400 || status === 401) return 'refused';
  if (status === 429) return 'too-many';
  return status >= 502 && status <= 504 ? 'unreachable' : 'failed';
};

const errorOf = async (response: Response): Promise<HttpError['error'] | null> => {
  try {
    return ((await response.json()) as HttpError).error;
  } catch {
    return null;
  }
};
