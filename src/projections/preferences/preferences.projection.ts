import type { DeskEvent } from '../../domain/desk/events.js';
import { projection } from '../runtime/projection.js';
import type { PreferencesDocument } from './preferences.model.js';

export const preferences = projection<DeskEvent, PreferencesDocument>({
  name: 'preferences',
  categories: ['desk'],
  terms: false,
  handlers: {
    TabOpened: 'ignore',
    TabClosed: 'ignore',
    ReadMarkerMoved: 'ignore',
    ConversationMuted: 'ignore',
    ConversationUnmuted: 'ignore',
    ReadingHidden: ({ event: { data } }) => [{ op: 'put', key: data.owner, doc: { sharesReading: false } }],
    ReadingShared: ({ event: { data } }) => [{ op: 'put', key: data.owner, doc: { sharesReading: true } }],
  },
});
