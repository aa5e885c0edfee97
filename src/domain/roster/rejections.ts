export type RosterRejection =
  'with-oneself' | 'too-many-favorites' | 'asked-recently' | 'not-a-favorite' | 'request-void';
