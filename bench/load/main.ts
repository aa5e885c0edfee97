import { serveCalls } from '../helpers/calls.js';
import { Echo, type EchoJob, type EchoLoad } from './echo.js';
import { Groups, type GroupsJob, type GroupsLoad } from './groups.js';
import { Idle, type IdleJob } from './idle.js';
import { Pages, type PagesJob, type PagesLoad } from './pages.js';
import { Presence, type PresenceJob } from './presence.js';
import { Pairs, type PairsJob, type PairsLoad } from './pairs.js';

/** The load generator: one process that does nothing else, and says how busy it was. */
const pairs = new Pairs();
const groups = new Groups();
const pages = new Pages();
const idle = new Idle();
const presence = new Presence();
const echo = new Echo();

export interface RunOf<Load> {
  readonly serverPid: number;
  readonly load: Load;
}

serveCalls({
  'pairs.prepare': (job: PairsJob) => pairs.prepare(job),
  'pairs.run': ({ serverPid, load }: RunOf<PairsLoad>) => pairs.run(serverPid, load),
  'pairs.stop': () => pairs.stop(),
  'groups.prepare': (job: GroupsJob) => groups.prepare(job),
  'groups.run': ({ serverPid, load }: RunOf<GroupsLoad>) => groups.run(serverPid, load),
  'pages.prepare': (job: PagesJob) => pages.prepare(job),
  'pages.run': ({ serverPid, load }: RunOf<PagesLoad>) => pages.run(serverPid, load),
  'idle.open': (job: IdleJob) => idle.open(job),
  'idle.lost': () => idle.lost(),
  'presence.connect': (job: PresenceJob) => presence.connect(job),
  'presence.choose': (job: PresenceJob) => presence.choose(job),
  'echo.prepare': (job: EchoJob) => echo.prepare(job),
  'echo.run': ({ serverPid, load }: RunOf<EchoLoad>) => echo.run(serverPid, load),
});
