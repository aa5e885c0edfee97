import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Principal } from '../../application/authorization/policy.js';
import { ChooseAvailability } from '../../application/commands/choose-availability/choose-availability.command.js';
import { CloseTab } from '../../application/commands/close-tab/close-tab.command.js';
import { MoveReadMarker } from '../../application/commands/move-read-marker/move-read-marker.command.js';
import { OpenTab } from '../../application/commands/open-tab/open-tab.command.js';
import type { Outcome } from '../../application/commands/outcome.js';
import { PostMessage } from '../../application/commands/post-message/post-message.command.js';
import type { Request } from '../../application/commands/request.js';
import { StartConversation } from '../../application/commands/start-conversation/start-conversation.command.js';
import { StartGroup } from '../../application/commands/start-group/start-group.command.js';
import { InviteParticipants } from '../../application/commands/invite-participants/invite-participants.command.js';
import { WithdrawInvitation } from '../../application/commands/withdraw-invitation/withdraw-invitation.command.js';
import { JoinConversation } from '../../application/commands/join-conversation/join-conversation.command.js';
import { DeclineInvitation } from '../../application/commands/decline-invitation/decline-invitation.command.js';
import { LeaveConversation } from '../../application/commands/leave-conversation/leave-conversation.command.js';
import { TitleConversation } from '../../application/commands/title-conversation/title-conversation.command.js';
import { CorrectMessage } from '../../application/commands/correct-message/correct-message.command.js';
import { RetractMessage } from '../../application/commands/retract-message/retract-message.command.js';
import { AddReaction } from '../../application/commands/add-reaction/add-reaction.command.js';
import { RemoveReaction } from '../../application/commands/remove-reaction/remove-reaction.command.js';
import { MuteConversation } from '../../application/commands/mute-conversation/mute-conversation.command.js';
import { SetSchedule } from '../../application/commands/set-schedule/set-schedule.command.js';
import { ShareReading } from '../../application/commands/share-reading/share-reading.command.js';
import { AddFavorite } from '../../application/commands/add-favorite/add-favorite.command.js';
import { ResendRequest } from '../../application/commands/resend-request/resend-request.command.js';
import { RemoveFavorite } from '../../application/commands/remove-favorite/remove-favorite.command.js';
import { AnswerRequest } from '../../application/commands/answer-request/answer-request.command.js';
import { RevokeWatcher } from '../../application/commands/revoke-watcher/revoke-watcher.command.js';
import type { Position } from '../../application/ports/event-log.js';
import type { CommandName, Commands, Limits, Queries, QueryName } from '../../application/protocol/index.js';
import { FindPeople } from '../../application/queries/find-people/find-people.query.js';
import { GetPeople } from '../../application/queries/get-people/get-people.query.js';
import { ReadMarks } from '../../application/queries/read-marks/read-marks.query.js';
import { ReadMessages } from '../../application/queries/read-messages/read-messages.query.js';
import { SearchTranscript } from '../../application/queries/search-transcript/search-transcript.query.js';
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
  'conversation.start-group': (request, data) => bus.execute(new StartGroup(request, data)),
  'conversation.invite': (request, data) => bus.execute(new InviteParticipants(request, data)),
  'conversation.withdraw': (request, data) => bus.execute(new WithdrawInvitation(request, data)),
  'conversation.join': (request, data) => bus.execute(new JoinConversation(request, data)),
  'conversation.decline': (request, data) => bus.execute(new DeclineInvitation(request, data)),
  'conversation.leave': (request, data) => bus.execute(new LeaveConversation(request, data)),
  'conversation.title': (request, data) => bus.execute(new TitleConversation(request, data)),
  'message.correct': (request, data) => bus.execute(new CorrectMessage(request, data)),
  'message.retract': (request, data) => bus.execute(new RetractMessage(request, data)),
  'message.react': (request, data) => bus.execute(new AddReaction(request, data)),
  'message.unreact': (request, data) => bus.execute(new RemoveReaction(request, data)),
  'desk.mute': (request, data) => bus.execute(new MuteConversation(request, data)),
  'desk.share-reading': (request, data) => bus.execute(new ShareReading(request, data)),
  'desk.set-schedule': (request, data) => bus.execute(new SetSchedule(request, data)),
  'presence.choose': (request, data) => bus.execute(new ChooseAvailability(request, data)),
  'roster.add-favorite': (request, data) => bus.execute(new AddFavorite(request, data)),
  'roster.resend-request': (request, data) => bus.execute(new ResendRequest(request, data)),
  'roster.remove-favorite': (request, data) => bus.execute(new RemoveFavorite(request, data)),
  'roster.answer-request': (request, data) => bus.execute(new AnswerRequest(request, data)),
  'roster.revoke-watcher': (request, data) => bus.execute(new RevokeWatcher(request, data)),
  'desk.open-tab': (request, data) => bus.execute(new OpenTab(request, data)),
  'desk.close-tab': (request, data) => bus.execute(new CloseTab(request, data)),
  'desk.move-read-marker': (request, data) => bus.execute(new MoveReadMarker(request, data)),
});

/** What a client may have been told already: an answer must not be older. */
export interface Pushed {
  readonly position: Position;
  changedAt(conversationId: string): Position;
}

/** A row for each query of the protocol; `null` is answered as `not-found`. */
export const queryTable = (bus: QueryBus, limits: Limits, feed: Pushed): QueryTable => ({
  'people.find': (principal, { text }) => bus.execute(new FindPeople(principal, text, limits.peopleFound)),
  'people.get': (principal, { ids }) => bus.execute(new GetPeople(principal, ids)),
  'conversation.read-marks': (principal, about) => bus.execute(new ReadMarks(principal, about, feed.position)),
  'transcript.page': (principal, page) =>
    bus.execute(new ReadTranscript(principal, page, feed.changedAt(page.conversationId))),
  'transcript.messages': (principal, wanted) =>
    bus.execute(new ReadMessages(principal, wanted, feed.changedAt(wanted.conversationId))),
  'transcript.search': (principal, search) => bus.execute(new SearchTranscript(principal, search, feed.position)),
});
