import { DEMO_PASSWORD } from './demo.js';
import type { Engine } from './engine.js';
import type { RunningServer } from './server.js';
import { VERSION } from './version.js';

/** What the server says when it is up: half of all questions about a running server are answered here. */
export const bannerOf = async (engine: Engine, server: RunningServer): Promise<string> => {
  const { url, demoPeople } = server;
  const rows: [label: string, text: string][] = [
    ['Address', url],
    ...engine.description.map((part, index): [string, string] => [index === 0 ? 'Engine' : '', part]),
    ['Log', `position ${await engine.log.head()}`],
    ...server
      .projections()
      .map(({ generation, position, state, reason }, index): [string, string] => [
        index === 0 ? 'Projections' : '',
        `${generation} at position ${position}, ${state}${reason === null ? '' : ` (${reason})`}`,
      ]),
  ];
  if (demoPeople.length > 0) {
    const [first] = demoPeople;
    rows.push(['Sign in', `as ${first?.login ?? ''} with the password ${DEMO_PASSWORD}; the same password for`]);
    rows.push([
      '',
      demoPeople
        .slice(1)
        .map(({ login }) => login)
        .join(', '),
    ]);
    rows.push(['', '(demo people: --no-demo or NODE_ENV=production makes none)']);
  }
  const lines = rows.map(([label, text]) => `  ${label.padEnd(12)} ${text}`);
  return [`Parley ${VERSION} is ready.`, '', ...lines, '', ''].join('\n');
};
