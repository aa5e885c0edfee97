import type { Scenario } from '../bench.js';
import { append } from './append.js';
import { client } from './client.js';
import { coldStart } from './cold-start.js';
import { floor } from './floor.js';
import { growth } from './growth.js';
import { group } from './group.js';
import { history, search } from './history.js';
import { idle } from './idle.js';
import { oneToOne } from './one-to-one.js';
import { presence } from './presence.js';
import { rebuildWhileChatting } from './rebuild.js';

/** Every scenario by its name, in the order in which they run. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  floor,
  append,
  'one-to-one': oneToOne,
  group,
  idle,
  presence,
  history,
  search,
  'cold-start': coldStart,
  rebuild: rebuildWhileChatting,
  growth,
  client,
};
