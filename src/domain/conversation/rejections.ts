/**
 * `not-found` is the answer both for a conversation that does not exist and for one that is not the asker's: who is not
 * in it learns nothing (SEC-9).
 */
export type ConversationRejection =
  | 'not-found'
  | 'with-oneself'
  | 'nobody-to-invite'
  | 'too-many-participants'
  | 'not-a-group'
  | 'invitation-void'
  | 'title-too-long'
  | 'message-blank'
  | 'message-too-long';
