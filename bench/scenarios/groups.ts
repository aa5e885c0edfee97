import type { Running } from '../bench.js';
import type { Run } from '../figures.js';
import type { GroupsJob, GroupsLoad } from '../load/groups.js';
import type { RunOf } from '../load/main.js';

/** Connects everybody of the first so many groups. */
export const connectGroups = async ({ folder, server, generator }: Running, count: number): Promise<void> => {
  const groups = folder.groups.slice(0, count).map(({ id, members }) => ({
    conversationId: id,
    tokens: members.map((member) => folder.people[member]?.token ?? ''),
  }));
  await generator.call('groups.prepare', { url: server.url, groups } satisfies GroupsJob);
};

/** One window; see `runPairs`. */
export const runGroups = async ({ server, generator }: Running, load: GroupsLoad): Promise<Run> => {
  const run = await generator.call<Run>('groups.run', { serverPid: server.pid, load } satisfies RunOf<GroupsLoad>);
  await server.level();
  return run;
};
