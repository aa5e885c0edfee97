import { AddFavoriteHandler } from './commands/add-favorite/add-favorite.handler.js';
import { AddReactionHandler } from './commands/add-reaction/add-reaction.handler.js';
import { ChooseAvailabilityHandler } from './commands/choose-availability/choose-availability.handler.js';
import { AnswerRequestHandler } from './commands/answer-request/answer-request.handler.js';
import { CloseTabHandler } from './commands/close-tab/close-tab.handler.js';
import { CorrectMessageHandler } from './commands/correct-message/correct-message.handler.js';
import { DeclineInvitationHandler } from './commands/decline-invitation/decline-invitation.handler.js';
import { DisableAccountHandler } from './commands/disable-account/disable-account.handler.js';
import { EnableAccountHandler } from './commands/enable-account/enable-account.handler.js';
import { EndSessionHandler } from './commands/end-session/end-session.handler.js';
import { InviteParticipantsHandler } from './commands/invite-participants/invite-participants.handler.js';
import { JoinConversationHandler } from './commands/join-conversation/join-conversation.handler.js';
import { LeaveConversationHandler } from './commands/leave-conversation/leave-conversation.handler.js';
import { MoveReadMarkerHandler } from './commands/move-read-marker/move-read-marker.handler.js';
import { MuteConversationHandler } from './commands/mute-conversation/mute-conversation.handler.js';
import { OpenTabHandler } from './commands/open-tab/open-tab.handler.js';
import { PostMessageHandler } from './commands/post-message/post-message.handler.js';
import { RegisterAccountsHandler } from './commands/register-accounts/register-accounts.handler.js';
import { RemoveFavoriteHandler } from './commands/remove-favorite/remove-favorite.handler.js';
import { RemoveReactionHandler } from './commands/remove-reaction/remove-reaction.handler.js';
import { ResendRequestHandler } from './commands/resend-request/resend-request.handler.js';
import { RetractMessageHandler } from './commands/retract-message/retract-message.handler.js';
import { RevokeWatcherHandler } from './commands/revoke-watcher/revoke-watcher.handler.js';
import { SetPasswordHandler } from './commands/set-password/set-password.handler.js';
import { SetScheduleHandler } from './commands/set-schedule/set-schedule.handler.js';
import { ShareReadingHandler } from './commands/share-reading/share-reading.handler.js';
import { StartConversationHandler } from './commands/start-conversation/start-conversation.handler.js';
import { StartGroupHandler } from './commands/start-group/start-group.handler.js';
import { StartSessionHandler } from './commands/start-session/start-session.handler.js';
import { TitleConversationHandler } from './commands/title-conversation/title-conversation.handler.js';
import { WithdrawInvitationHandler } from './commands/withdraw-invitation/withdraw-invitation.handler.js';
import { FindPeopleHandler } from './queries/find-people/find-people.handler.js';
import { FindSessionHandler } from './queries/find-session/find-session.handler.js';
import { GetPeopleHandler } from './queries/get-people/get-people.handler.js';
import { ListAccountsHandler } from './queries/list-accounts/list-accounts.handler.js';
import { OpenDeskHandler } from './queries/open-desk/open-desk.handler.js';
import { ReadMarksHandler } from './queries/read-marks/read-marks.handler.js';
import { ReadMessagesHandler } from './queries/read-messages/read-messages.handler.js';
import { ReadTranscriptHandler } from './queries/read-transcript/read-transcript.handler.js';
import { SearchTranscriptHandler } from './queries/search-transcript/search-transcript.handler.js';

/** Every use case has exactly one handler here. */
export const HANDLERS = [
  AddFavoriteHandler,
  AddReactionHandler,
  ChooseAvailabilityHandler,
  AnswerRequestHandler,
  CloseTabHandler,
  CorrectMessageHandler,
  DeclineInvitationHandler,
  DisableAccountHandler,
  EnableAccountHandler,
  EndSessionHandler,
  FindPeopleHandler,
  FindSessionHandler,
  GetPeopleHandler,
  InviteParticipantsHandler,
  JoinConversationHandler,
  LeaveConversationHandler,
  ListAccountsHandler,
  MoveReadMarkerHandler,
  MuteConversationHandler,
  OpenDeskHandler,
  OpenTabHandler,
  PostMessageHandler,
  ReadMarksHandler,
  ReadMessagesHandler,
  ReadTranscriptHandler,
  RegisterAccountsHandler,
  RemoveFavoriteHandler,
  RemoveReactionHandler,
  ResendRequestHandler,
  RetractMessageHandler,
  RevokeWatcherHandler,
  SearchTranscriptHandler,
  SetPasswordHandler,
  SetScheduleHandler,
  ShareReadingHandler,
  StartConversationHandler,
  StartGroupHandler,
  StartSessionHandler,
  TitleConversationHandler,
  WithdrawInvitationHandler,
] as const;
