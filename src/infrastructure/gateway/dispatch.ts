import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Principal } from '../../application/authorization/policy.js';
import { CloseTab } from '../../application/commands/close-tab/close-tab.command.js';
import { MoveReadMarker } from '../../application/commands/move-read-marker/move-read-marker.command.js';
import { OpenTab } from '../../application/commands/open-tab/open-tab.command.js';
import type { Outcome } from '../../application/commands/outcome.js';
import { PostMessage } from '../../application/commands/post-message/post-message.command.js';
import type { Request } from '../../application/commands/request.js';
import { StartConversation } from '../../application/commands/start-conversation/start-conversation.command.js';
import type { CommandName, Commands, Limits, Queries, QueryName } from '../../application/protocol/index.js';
import { FindPeople } from '../../application/queries/find-people/find-people.query.js';
import { GetPeople } from '../../application/queries/get-people/get-people.query.js';
import { ReadTranscript } from '../../application/queries/read-transcript/read-transcript.query.js';

type CommandTable = {
  readonly [N in CommandName]: (request: Request, data: Commands[N]['data']) => Promise<Outcome<Commands[N]['result']>>;
};
type QueryTable = {
  readonly [N in QueryName]: (principal: Principal, data: Queries[N]['data']) => Promise<Queries[N]['result'] | null>;
};

/** A row for each command of the protocol. */
export const commandTable = (bus: CommandBus): CommandTable => ({
  'conversation.start': (request, data) => bus.execute(new StartConversation(request, data)),
  'conversation.post': (request, data) => bus.execute(new PostMessage(request, data)),
  'desk.open-tab': (request, data) => bus.execute(new OpenTab(request, data)),
  'desk.close-tab': (request, data) => bus.execute(new CloseTab(request, data)),
  'desk.move-read-marker': (request, data) => bus.execute(new MoveReadMarker(request, data)),
});

/** A row for each query of the protocol; `null` is answered as `not-found`. */
export const queryTable = (bus: QueryBus, limits: Limits): QueryTable => ({
  'people.find': (principal, { text }) => bus.execute(new FindPeople(principal, text, limits.peopleFound)),
  'people.get': (principal, { ids }) => bus.execute(new GetPeople(principal, ids)),
  'transcript.page': (principal, page) => bus.execute(new ReadTranscript(principal, page)),
});
