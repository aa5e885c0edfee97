import { randomUUID } from 'node:crypto';
import { Server, ServerCredentials, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Access, DEFAULT_USERS, type Users } from './access.js';
import type { Certificate } from './certificates.js';
import { Severed, type Context, type EndPoint } from './context.js';
import { FaultyDoor, type FaultCounts } from './faults.js';
import { Journal } from './journal.js';
import { absentServices, gossipService, serverFeaturesService } from './other-services.js';
import { readService } from './read-service.js';
import { writeService } from './write-service.js';

export interface DoubleOptions {
  /** 0: any free one. */
  readonly port?: number;
  /** Keeps the log; without it the log is in memory. */
  readonly file?: string;
  /** What the server takes for the time, in milliseconds since 1970. */
  readonly now?: () => number;
  /** The log of another node: what one writes, the other has. Whoever made it closes it. */
  readonly journal?: Journal;
  /** Whether the batched append is offered, as from 21.10 on. */
  readonly batchAppend?: boolean;
  /** Whether subscriptions are told that they have caught up, as from 23.10 on. */
  readonly tellsCaughtUp?: boolean;
  readonly maxAppendSize?: number;
  /** TLS, and with it basic authentication and access lists. Without it everybody may all, as on an insecure server. */
  readonly certificate?: Certificate;
  readonly users?: Users;
  /** This node follows, until `lead`. */
  readonly leader?: EndPoint;
  /** Other nodes that gossip tells of. */
  readonly members?: () => readonly (EndPoint & { readonly leads: boolean })[];
}

const HOST = '127.0.0.1';
const MAX_APPEND_SIZE = 1024 * 1024;

/**
 * Speaks EventStoreDB's protocol as a server of version 23.10 does, as far as streams go: for tests of clients, with faults on demand. It is
 * no store to rely on: one process, no replication, no scavenging.
 */
export class EventStoreDouble {
  private leader: EndPoint | null;
  private nextReset: 'stored' | 'not stored' | null = null;

  private constructor(
    readonly journal: Journal,
    private readonly server: Server,
    private readonly door: FaultyDoor,
    private readonly subscriptions: Set<() => void>,
    private readonly options: DoubleOptions,
  ) {
    this.leader = options.leader ?? null;
  }

  static async start(options: DoubleOptions = {}): Promise<EventStoreDouble> {
    const { certificate, users = DEFAULT_USERS } = options;
    const journal = options.journal ?? new Journal(options.file, options.now);
    if (journal.lastRevision('$users') < 0) writeSystemEvents(journal);
    const subscriptions = new Set<() => void>();
    const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    const credentials = certificate
      ? ServerCredentials.createSsl(null, [{ cert_chain: certificate.certificate, private_key: certificate.key }])
      : ServerCredentials.createInsecure();
    // The handlers need the double, and the double needs the port: the handlers are called later.
    const made: { double?: EventStoreDouble } = {};
    const double = (): EventStoreDouble => made.double!;
    const context: Context = {
      journal,
      access: new Access(certificate ? users : null, (stream) => journal.metadataOf(stream)),
      maxAppendSize: options.maxAppendSize ?? MAX_APPEND_SIZE,
      batchAppend: options.batchAppend ?? true,
      tellsCaughtUp: options.tellsCaughtUp ?? true,
      leader: () => double().leader,
      storing: (write) => double().storing(write),
      subscriptions,
      members: () => [{ ...double().endPoint, leads: double().leader === null }, ...(options.members?.() ?? [])],
    };
    const streams = { ...writeService(context), ...readService(context) };
    server.addService(StreamsService, streams);
    server.addService(ServerFeaturesService, serverFeaturesService(context));
    server.addService(GossipService, gossipService(context));
    for (const [service, refusals] of absentServices())
      server.addService(service, refusals as unknown as UntypedServiceImplementation);
    const inner = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`${HOST}:0`, credentials, (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
    const door = new FaultyDoor(inner, HOST);
    await door.open(options.port ?? 0);
    made.double = new EventStoreDouble(journal, server, door, subscriptions, options);
    return made.double;
  }

  get endPoint(): EndPoint {
    return { address: HOST, port: this.door.port };
  }

  /** `user` for a secure server; by default its administrator. */
  connectionString(user = 'admin:changeit'): string {
    const { certificate } = this.options;
    return certificate
      ? `esdb://${user}@${HOST}:${this.door.port}?tls=true&tlsCAFile=${encodeURIComponent(certificate.file)}`
      : `esdb://${HOST}:${this.door.port}?tls=false`;
  }

  get counts(): Readonly<FaultCounts> {
    return this.door.counts;
  }

  /** This node was elected. */
  lead(): void {
    this.leader = null;
  }

  /** Cuts all connections and takes no new ones, until `heal`. */
  refuse(): Promise<void> {
    return this.door.refuse();
  }

  /** Keeps connections and accepts new ones, but lets no byte through, until `heal`. */
  silence(): void {
    this.door.silence();
  }

  /** Sends every answer late, until `heal`. */
  slow(delayMs: number): void {
    this.door.slow(delayMs);
  }

  /** Cuts all connections; new ones are welcome. */
  cut(): void {
    this.door.sever();
  }

  /** Lets the connections that exist lead nowhere, without an end; new ones are well. */
  lose(): void {
    this.door.lose();
  }

  /** Cuts all connections in the midst of the next append. */
  resetNextAppend(outcome: 'stored' | 'not stored'): void {
    this.nextReset = outcome;
  }

  /** Ends every subscription with an error. */
  dropSubscriptions(): void {
    for (const drop of [...this.subscriptions]) {
      this.door.counts.dropped++;
      drop();
    }
  }

  /** Ends the network fault that is on. */
  heal(): Promise<void> {
    return this.door.heal();
  }

  /** Deletes what reads of streams do not show any more, as an operator orders it. */
  scavenge(): void {
    this.journal.scavenge();
  }

  /** Writes a system event, as a server does every now and then. */
  writeStatistics(): void {
    this.journal.append(
      '$stats-127.0.0.1:2113',
      [
        {
          id: randomUUID(),
          type: '$statsCollected',
          json: true,
          data: Buffer.from('{"proc-cpu":1.5}'),
          metadata: Buffer.alloc(0),
        },
      ],
      'any',
    );
  }

  async stop(): Promise<void> {
    await this.door.shut();
    this.server.forceShutdown();
    if (this.options.journal === undefined) this.journal.close();
  }

  private storing<T>(write: () => T): T {
    const reset = this.nextReset;
    this.nextReset = null;
    const { counts } = this.door;
    if (reset === 'not stored') counts.resetBefore++;
    const result = reset === 'not stored' ? null : write();
    if (reset === null) return result as T;
    if (reset === 'stored') counts.resetAfter++;
    this.door.sever();
    throw new Severed(reset);
  }
}

/** What a fresh server's log begins with. */
const writeSystemEvents = (journal: Journal): void => {
  const event = (type: string, data: unknown) => ({
    id: randomUUID(),
    type,
    json: true,
    data: Buffer.from(JSON.stringify(data)),
    metadata: Buffer.alloc(0),
  });
  journal.append('$$$stats-127.0.0.1:2113', [event('$metadata', { $maxAge: 86_400 })], 'any');
  for (const [name, groups] of [
    ['admin', ['$admins']],
    ['ops', ['$ops']],
  ] as const) {
    journal.append(`$$$user-${name}`, [event('$metadata', { $acl: { $r: '$admins' } })], 'any');
    journal.append(`$user-${name}`, [event('$UserCreated', { loginName: name, groups })], 'any');
    journal.append('$users', [event('$User', name)], 'any');
  }
};
