import { withServer, type Scenario } from '../bench.js';
import { Runs } from '../figures.js';
import { groupsPlan, pairsPlan, type PlannedConversation, type SeedPlan } from '../seed/plan.js';
import type { Sizes } from '../sizes.js';
import { connectGroups, runGroups } from './groups.js';
import { connectPairs, runPairs, warmUp } from './pairs.js';

/** The pairs that chat, and further conversations of each of their people with people who are not there. */
const withFurther = (pairs: number, history: number, further: number, tabs: boolean): SeedPlan => {
  const { people, conversations } = pairsPlan(pairs, history);
  const more: PlannedConversation[] = [];
  for (let one = 0; one < people; one++)
    for (let other = 0; other < further; other++) more.push({ one, other: people + other, messages: 1, tabs });
  return { people: people + further, conversations: [...conversations, ...more] };
};

const plansOf = ({ pairs, times, history }: Sizes['growth']): [load: string, plan: SeedPlan][] => {
  const larger = times.filter((size) => size > 1);
  return [
    ['×1', pairsPlan(pairs, history)],
    ...larger.map((size): [string, SeedPlan] => [
      `conversations ×${size}`,
      withFurther(pairs, history, size - 1, false),
    ]),
    ...larger.map((size): [string, SeedPlan] => [`tabs ×${size}`, withFurther(pairs, history, size - 1, true)]),
    ...larger.map((size): [string, SeedPlan] => [`history ×${size}`, pairsPlan(pairs, history * size)]),
  ];
};

/** The groups that chat, and further groups that each of their people takes part in with one who is not there. */
const groupsOf = (size: Sizes['growth'], history: number, further: number): SeedPlan => {
  const { count, members } = size.groups;
  const { people, groups = [] } = groupsPlan(count, members, history);
  const more = Array.from({ length: people }, (_, one) =>
    Array.from({ length: further }, (_, other) => ({ members: [one, people + other], messages: 1 })),
  ).flat();
  return { people: people + further, conversations: [], groups: [...groups, ...more] };
};

const groupPlansOf = (size: Sizes['growth']): [load: string, plan: SeedPlan][] => {
  const larger = size.times.filter((times) => times > 1);
  return [
    ['groups ×1', groupsOf(size, size.history, 0)],
    ...larger.map((times): [string, SeedPlan] => [
      `groups, conversations ×${times}`,
      groupsOf(size, size.history, times - 1),
    ]),
    ...larger.map((times): [string, SeedPlan] => [
      `groups, history ×${times}`,
      groupsOf(size, size.history * times, 0),
    ]),
  ];
};

/** The same chat between people who have more and more of everything: its cost must not follow. */
export const growth: Scenario = async (bench) => {
  const { growth: size, runs: rounds, seconds, warmUpSeconds } = bench.sizes;
  const runs = new Runs();
  for (const [load, plan] of plansOf(size))
    await withServer(bench, plan, async (running) => {
      await connectPairs(running, size.pairs);
      await warmUp(running, warmUpSeconds);
      for (let round = 0; round < rounds; round++)
        runs.add(load, await runPairs(running, { perSecond: size.perSecond, seconds }));
      bench.say(`growth, ${load}`);
    });
  for (const [load, plan] of groupPlansOf(size))
    await withServer(bench, plan, async (running) => {
      await connectGroups(running, size.groups.count);
      await runGroups(running, { perSecond: null, seconds: warmUpSeconds });
      for (let round = 0; round < rounds; round++)
        runs.add(load, await runGroups(running, { perSecond: size.groups.perSecond, seconds }));
      bench.say(`growth, ${load}`);
    });
  return runs.of('growth');
};
