import { WebSocket } from 'ws';
import { DEMO_PASSWORD } from '../../src/demo.js';
import { CLOSE, ERRORS, SOCKET_PATH, type HttpError, type SignedIn } from '../../src/application/protocol/index.js';
import { DisableAccount } from '../../src/application/commands/disable-account/disable-account.command.js';
import { eventually } from '../support/eventually.js';
import { World } from '../support/world.js';

type Headers = Record<string, string>;

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('sign-in over HTTP', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start();
  });
  afterEach(() => world.close());

  const post = (body: unknown, headers: Headers = { ...JSON_TYPE, Origin: world.url }): Promise<Response> =>
    fetch(`${world.url}/api/session`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const codeOf = async (response: Response): Promise<string> => ((await response.json()) as HttpError).error.code;
  const doe = { login: 'john.doe', password: DEMO_PASSWORD };
  const operate = () => world.server.operations;

  it('SEC-5 sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const response = await post(doe);
    expect(response.status).toBe(200);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^parley=[\w-]{43}; /);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toContain('Secure');
    expect(((await response.json()) as SignedIn).token).toBeUndefined();
  });

  it('SEC-5 knows the session by its cookie until sign-out, and not after', async () => {
    const cookie = ((await post(doe)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const who = () => fetch(`${world.url}/api/session`, { headers: { Cookie: cookie } });
    expect(((await (await who()).json()) as SignedIn).user.name).toBe('John Doe');
    const signOut = await fetch(`${world.url}/api/session`, {
      method: 'DELETE',
      headers: { Cookie: cookie, Origin: world.url },
    });
    expect(signOut.status).toBe(204);
    const after = await who();
    expect([after.status, await codeOf(after)]).toEqual([401, 'signed-out']);
  });

  it.each([
    ['a wrong password', { login: 'john.doe', password: 'wrong password' }],
    ['an unknown login', { login: 'nobody', password: DEMO_PASSWORD }],
  ])('SEC-1 answers %s alike', async (_, body) => {
    const response = await post(body);
    expect([response.status, await codeOf(response)]).toEqual([401, 'sign-in-refused']);
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('SEC-1 knows a login in any case and with spaces around', async () => {
    expect((await post({ ...doe, login: ' John.DOE ' })).status).toBe(200);
  });

  it.each<[string, unknown, Headers | undefined, number, string]>([
    ['no JSON', '{', undefined, 400, 'request-malformed'],
    ['JSON of another form', { login: 'john.doe' }, undefined, 400, 'request-malformed'],
    ['an array for a text', { login: ['john.doe'], password: 'x' }, undefined, 400, 'request-malformed'],
    ['unknown keys', { ...doe, admin: true }, undefined, 400, 'request-malformed'],
    [
      'a form that another site can send',
      JSON.stringify(doe),
      { 'Content-Type': 'text/plain' },
      400,
      'request-malformed',
    ],
    ['a body that is too large', { ...doe, password: 'x'.repeat(20_000) }, undefined, 413, 'request-malformed'],
  ])('SEC-7 refuses %s', async (_, body, headers, status, code) => {
    const response = await post(body, headers ? { ...headers, Origin: world.url } : undefined);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it.each(['https://evil.test', 'null', 'http://127.0.0.1:1'])(
    'SEC-7 sets no cookie for a page of %s',
    async (origin) => {
      const response = await post(doe, { ...JSON_TYPE, Origin: origin });
      expect([response.status, await codeOf(response)]).toEqual([403, 'origin-refused']);
    },
  );

  it('SEC-7 sets no cookie without an origin; a program gets a token instead', async () => {
    expect((await post(doe, JSON_TYPE)).status).toBe(403);
    const response = await post({ ...doe, token: true }, JSON_TYPE);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(((await response.json()) as SignedIn).token).toMatch(/^[\w-]{43}$/);
  });

  it('SEC-5 revocation closes the sockets of the person, and only theirs', async () => {
    const client = await world.client('john.doe');
    const smith = await world.client('john.smith');
    await operate()('user.disable', { login: 'john.doe' });
    await eventually('the close', () => client.closed !== null);
    expect(client.closed?.code).toBe(CLOSE['signed-out'].code);
    expect(smith.closed).toBeNull();
    expect((await post(doe)).status).toBe(401);
    await expect(client.connect()).rejects.toThrow('401');
    await operate()('user.enable', { login: 'john.doe' });
    expect((await post(doe)).status).toBe(200);
  });

  it('SEC-5 a new password ends all sessions, and the old one opens nothing', async () => {
    const client = await world.client('john.doe');
    await operate()('user.passwd', { login: 'john.doe', password: 'another one' });
    await eventually('the close', () => client.closed?.code === CLOSE['signed-out'].code);
    await expect(client.connect()).rejects.toThrow('401');
    expect((await post(doe)).status).toBe(401);
    expect((await post({ ...doe, password: 'another one' })).status).toBe(200);
  });

  it('SEC-5 signing out on one device leaves the other', async () => {
    const one = await world.client('john.doe');
    const other = await world.client('john.doe');
    await fetch(`${world.url}/api/session`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${one.session.token}` },
    });
    await eventually('the close', () => one.closed?.code === CLOSE['signed-out'].code);
    expect(other.closed).toBeNull();
  });

  it('SEC-28 the operator’s commands are on no port', async () => {
    for (const path of ['user.list', 'api/user.list', 'control']) {
      const response = await fetch(`${world.url}/${path}`, { method: 'POST', headers: JSON_TYPE, body: '{}' });
      expect([response.status, await codeOf(response)]).toEqual([404, 'page-unknown']);
    }
    expect(DisableAccount.useCase).toBe('account.disable');
  });

  it('SEC-30 answers an unknown page with a code and no stack', async () => {
    const text = await (await fetch(`${world.url}/api/nothing`)).text();
    expect(JSON.parse(text)).toEqual({
      error: { code: 'page-unknown', message: ERRORS['page-unknown'].words, retryable: false },
    });
  });

  it('SEC-14 sends the security headers with every answer', async () => {
    const { headers } = await fetch(`${world.url}/health/live`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('behind TLS', () => {
  it('SEC-5 the cookie is Secure, and bound to the host by its name', async () => {
    const world = await World.start({ environment: { PARLEY_PUBLIC_URL: 'https://im.example.org' } });
    const response = await fetch(`${world.url}/api/session`, {
      method: 'POST',
      headers: { ...JSON_TYPE, Origin: 'https://im.example.org' },
      body: JSON.stringify({ login: 'john.doe', password: DEMO_PASSWORD }),
    });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-parley=/);
    expect(cookie).toContain('Secure');
    expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000');
    await world.close();
  });
});

describe('guessing passwords', () => {
  it('SEC-2 R19 is slowed down per login, in words, and the right password waits with them', async () => {
    const world = await World.start({ environment: { PARLEY_LIMIT_SIGN_INS_PER_MINUTE: '3' } });
    const attempt = (login: string, password: string): Promise<Response> =>
      fetch(`${world.url}/api/session`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ login, password, token: true }),
      });
    for (let n = 0; n < 3; n++) expect((await attempt('john.doe', 'wrong password')).status).toBe(401);
    const refused = await attempt('john.doe', DEMO_PASSWORD);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(((await refused.json()) as HttpError).error).toMatchObject({ code: 'rate-limited', retryable: true });
    await world.close();
  });
});

describe('the socket’s door', () => {
  let world: World;
  let cookie: string;
  beforeAll(async () => {
    world = await World.start();
    const response = await fetch(`${world.url}/api/session`, {
      method: 'POST',
      headers: { ...JSON_TYPE, Origin: world.url },
      body: JSON.stringify({ login: 'john.doe', password: DEMO_PASSWORD }),
    });
    cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  });
  afterAll(() => world.close());

  const dial = (headers: Headers, path = SOCKET_PATH): Promise<string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(world.url.replace('http', 'ws') + path, { headers });
      socket.on('open', () => {
        socket.terminate();
        resolve('open');
      });
      socket.on('error', (error) => {
        resolve(/\d{3}/.exec(error.message)?.[0] ?? error.message);
      });
    });

  it('SEC-6 opens for our own page with its cookie', async () => {
    expect(await dial({ Cookie: cookie, Origin: world.url })).toBe('open');
  });

  it.each([
    ['https://evil.test'],
    ['null'],
    ['http://127.0.0.1'],
    ['http://127.0.0.1:1'],
    ['http://sub.127.0.0.1.test'],
    ['http://127.0.0.1.evil.test'],
  ])('SEC-6 refuses a page of %s before the upgrade', async (origin) => {
    expect(await dial({ Cookie: cookie, Origin: origin })).toBe('403');
  });

  it('SEC-6 refuses a cookie without an origin', async () => {
    expect(await dial({ Cookie: cookie })).toBe('403');
  });

  it('SEC-6 refuses who has not signed in, or is no longer', async () => {
    expect(await dial({ Origin: world.url })).toBe('401');
    expect(await dial({ Origin: world.url, Cookie: `parley=${'x'.repeat(43)}` })).toBe('401');
    expect(await dial({ Authorization: `Bearer ${'x'.repeat(43)}` })).toBe('401');
  });
});
