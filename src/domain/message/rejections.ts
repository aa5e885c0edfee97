export type MessageRejection =
  | 'not-the-author'
  | 'message-retracted'
  | 'message-blank'
  | 'message-too-long'
  | 'too-many-corrections'
  | 'reaction-unknown'
  | 'too-many-reactions'
  | 'too-many-emoji';
