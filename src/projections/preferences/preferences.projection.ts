import type { DeskEvent } from '../../domain/desk/events.js';
import type { Change } from '../runtime/change.js';
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
    ReadingHidden: ({ event: { data } }) => [chosen(data.owner, { sharesReading: false, schedule: data.schedule })],
    ReadingShared: ({ event: { data } }) => [chosen(data.owner, { sharesReading: true, schedule: data.schedule })],
    ScheduleSet: ({ event: { data } }) => [
      chosen(data.owner, { sharesReading: data.sharesReading, schedule: data.schedule }),
    ],
  },
});

const chosen = (key: string, doc: PreferencesDocument): Change<PreferencesDocument> => ({ op: 'put', key, doc });
