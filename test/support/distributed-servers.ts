import { BUILD_MS } from '../servers/ferretdb-program.js';
import { EventStoreDouble } from './eventstore-double/eventstore-double.js';
import { MongodbServer } from './mongodb-server.js';

/** The switch that runs the application's and the browser's suites on EventStoreDB's protocol and on a MongoDB server. */
export const onDistributedEngines = process.env['PARLEY_TEST_ENGINE'] === 'distributed';

/** A MongoDB for the test file, and a log for each installation in it. */
class DistributedServers {
  private readonly mongodb = new MongodbServer();
  private readonly installations = new Map<string, Promise<{ double: EventStoreDouble; mongodbUrl: string }>>();
  private started: Promise<void> | null = null;

  /** The settings of an installation: the same name is the same data. */
  async environment(name: string): Promise<Record<string, string>> {
    await (this.started ??= this.mongodb.start());
    let installation = this.installations.get(name);
    if (!installation) {
      installation = EventStoreDouble.start().then((double) => ({ double, mongodbUrl: this.mongodb.newDatabase() }));
      this.installations.set(name, installation);
    }
    const { double, mongodbUrl } = await installation;
    return { PARLEY_EVENTSTORE_URL: double.connectionString(), PARLEY_MONGODB_URL: mongodbUrl };
  }

  async double(name: string): Promise<EventStoreDouble> {
    const installation = await this.installations.get(name);
    if (!installation) throw new Error(`no installation ${name}`);
    return installation.double;
  }

  async end(): Promise<void> {
    for (const installation of this.installations.values()) await (await installation).double.stop();
    if (this.started) await this.mongodb.end();
  }
}

const servers = new DistributedServers();
afterAll(() => servers.end(), BUILD_MS);

/** See `DistributedServers.environment`. */
export const distributedEnvironment = (name: string): Promise<Record<string, string>> => servers.environment(name);
/** The log of an installation, to make faults with. */
export const distributedLog = (name: string): Promise<EventStoreDouble> => servers.double(name);
/** For servers that are started as programs: the settings of the engine that the switch names. */
export const engineEnvironment = (name: string): Promise<Record<string, string>> =>
  onDistributedEngines ? distributedEnvironment(name) : Promise.resolve({});
