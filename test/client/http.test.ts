import { SessionHttp } from '../../frontend/src/session/index.js';

const answering = (status: number, body?: object) =>
  new SessionHttp(() => Promise.resolve(new Response(body ? JSON.stringify(body) : null, { status })));
const silent = new SessionHttp(() => Promise.reject(new TypeError('failed to fetch')));
const user = { id: 'me', name: 'John Doe', email: null };
const error = (code: string, retryAfterMs?: number) => ({
  error: { code, message: '', retryable: true, retryAfterMs },
});

describe('signing in over HTTP', () => {
  it('answers who it is', async () => {
    expect(await answering(200, { user, sessionId: 's' }).signIn('a', 'b')).toEqual({ ok: true, user });
  });
  it.each([
    [401, error('sign-in-refused'), { ok: false, problem: 'refused' }],
    [429, error('rate-limited', 9_000), { ok: false, problem: 'too-many', retryAfterMs: 9_000 }],
    [500, error('internal'), { ok: false, problem: 'failed' }],
    [502, undefined, { ok: false, problem: 'unreachable' }],
  ])('tells a %i from the others', async (status, body, answer) => {
    expect(await answering(status, body).signIn('a', 'b')).toEqual(answer);
  });
  it('tells a server that does not answer', async () => {
    expect(await silent.signIn('a', 'b')).toEqual({ ok: false, problem: 'unreachable' });
    expect(await silent.whoAmI()).toEqual({ kind: 'unreachable' });
    expect(await silent.signOut()).toBe(false);
  });
  it('does not take a failing server for the end of the session', async () => {
    expect(await answering(503).whoAmI()).toEqual({ kind: 'unreachable' });
    expect(await answering(401, error('signed-out')).whoAmI()).toEqual({ kind: 'signed-out' });
    expect(await answering(204).signOut()).toBe(true);
  });
});
