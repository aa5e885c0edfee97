import { status, type sendUnaryData, type ServerUnaryCall, type ServiceDefinition } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { PersistentSubscriptionsService } from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import { ProjectionsService } from '@eventstore/db-client/generated/projections_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { UsersService } from '@eventstore/db-client/generated/users_grpc_pb.js';
import { randomUUID } from 'node:crypto';
import type { Context } from './context.js';
import { failure } from './failures.js';
import { uuidOf } from './wire.js';

const VERSION = '23.10.0.0';

/** Says what this server can do. Clients take the batched append if it is named here. */
export const serverFeaturesService = ({ batchAppend }: Context) => ({
  getSupportedMethods: (
    _call: ServerUnaryCall<unknown, SupportedMethods>,
    callback: sendUnaryData<SupportedMethods>,
  ) => {
    const supported = new features.SupportedMethods();
    supported.setEventStoreServerVersion(VERSION);
    const methods = Object.values(StreamsService as unknown as ServiceDefinition)
      .map(({ path }) => path.toLowerCase().split('/'))
      .filter(([, , name]) => batchAppend || name !== 'batchappend');
    supported.setMethodsList(
      methods.map(([, service = '', name = '']) => {
        const method = new features.SupportedMethod();
        method.setServiceName(service);
        method.setMethodName(name);
        method.setFeaturesList(name === 'read' ? ['position', 'events'] : []);
        return method;
      }),
    );
    callback(null, supported);
  },
});

/** Tells of the nodes of the cluster; a single node tells of itself. */
export const gossipService = ({ members }: Context) => ({
  read: (_call: ServerUnaryCall<unknown, ClusterInfo>, callback: sendUnaryData<ClusterInfo>) => {
    const info = new gossip.ClusterInfo();
    const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
    info.setMembersList(
      members().map(({ address, port, leads }) => {
        const endPoint = new gossip.EndPoint();
        endPoint.setAddress(address);
        endPoint.setPort(port);
        const member = new gossip.MemberInfo();
        member.setInstanceId(uuidOf(randomUUID()));
        member.setTimeStamp(String(Date.now() * 10_000));
        member.setState(leads ? LEADER : FOLLOWER);
        member.setIsAlive(true);
        member.setHttpEndPoint(endPoint);
        return member;
      }),
    );
    callback(null, info);
  },
});

/** Services that a server has and the double has not: every call is answered, with a no that says so. */
export const absentServices = (): [ServiceDefinition, Record<string, (...call: never[]) => void>][] =>
  [PersistentSubscriptionsService, ProjectionsService, UsersService].map((service) => {
    const definition = service as unknown as ServiceDefinition;
    const refuse =
      (path: string) =>
      (call: { emit(event: 'error', error: Error): void }, callback?: (error: Error) => void): void => {
        const error = failure(status.UNIMPLEMENTED, `the EventStoreDB double has no ${path}`);
        if (callback) callback(error);
        else call.emit('error', error);
      };
    return [definition, Object.fromEntries(Object.entries(definition).map(([name, { path }]) => [name, refuse(path)]))];
  });
