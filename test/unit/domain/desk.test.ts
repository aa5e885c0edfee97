import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import { doeAndSmith, johnDoe, johnSmith } from '../../../src/domain/conversation/examples.js';
import {
  conversationMuted,
  conversationUnmuted,
  readMarkerMoved,
  readingHidden,
  readingShared,
  scheduleSet,
  tabClosed,
  tabOpened,
} from '../../../src/domain/desk/examples.js';
import {
  desk,
  tabOf,
  type DeskCommand,
  type ReadMarkerMoved,
  type Schedule,
  type ScheduleSet,
  type TabClosed,
} from '../../../src/domain/desk/index.js';
import { asId, type ConversationId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import { deciderHarness } from '../../support/decider-harness.js';

const { given, state } = deciderHarness('desk', desk);

const doeAndMagnum = asId<ConversationId>('7b0ad8ce-6c9e-5a60-9a3b-2d1c56a1f002');
const now = asInstant(1_700_000_500_000);
const asDoe = { principal: johnDoe, now, limits: DEFAULT_LIMITS };

const open = (conversationId = doeAndSmith): DeskCommand => ({ type: 'OpenTab', data: { conversationId } });
const close = (upTo: number, conversationId = doeAndSmith): DeskCommand => ({
  type: 'CloseTab',
  data: { conversationId, upTo },
});
const read = (sequence: number, conversationId = doeAndSmith): DeskCommand => ({
  type: 'MoveReadMarker',
  data: { conversationId, sequence },
});
const closed = (upTo: number): TabClosed => ({ ...tabClosed, data: { ...tabClosed.data, upTo } });
const marked = (sequence: number, conversationId = doeAndSmith): ReadMarkerMoved => ({
  type: 'ReadMarkerMoved',
  data: { owner: johnDoe, conversationId, sequence, shared: true },
});

describe('opening a tab', () => {
  const opened = { ...tabOpened, data: { ...tabOpened.data, openedAt: now } };

  it('S12 opens the tab of the one who asks', async () => {
    const after = await given().when(open(), asDoe).then([opened]);
    expect(tabOf(after, doeAndSmith).open).toBe(true);
  });

  it('S86 changes nothing when the tab is open already', async () => {
    await given(tabOpened).when(open(), asDoe).then([]);
    await given(tabOpened, readMarkerMoved).when(open(), asDoe).then([]);
  });

  it('S59 opens a closed tab again', async () => {
    await given(tabOpened, tabClosed).when(open(), asDoe).then([opened]);
  });

  it('S82 keeps the tabs of two conversations apart', async () => {
    const after = await given(tabOpened)
      .when(open(doeAndMagnum), asDoe)
      .then([{ ...opened, data: { ...opened.data, conversationId: doeAndMagnum } }]);
    expect(tabOf(after, doeAndSmith).open).toBe(true);
    expect(tabOf(after, doeAndMagnum).open).toBe(true);
  });

  it('S12 takes the owner from who asks, never from the command', async () => {
    await given()
      .when(open(), { principal: johnSmith, now, limits: DEFAULT_LIMITS })
      .then([{ ...opened, data: { ...opened.data, owner: johnSmith } }]);
  });
});

describe('closing a tab', () => {
  it('S57 closes up to the sequence that was seen', async () => {
    const after = await given(tabOpened)
      .when(close(3), asDoe)
      .then([closed(3)]);
    expect(tabOf(after, doeAndSmith).open).toBe(false);
  });

  it('S57 closes a conversation in which nothing was said', async () => {
    await given(tabOpened)
      .when(close(0), asDoe)
      .then([closed(0)]);
  });

  it('S57 closes a tab that a message showed, though nobody opened it', async () => {
    await given()
      .when(close(1), asDoe)
      .then([closed(1)]);
  });

  it('S57 closes again after a later message showed it again', async () => {
    await given(tabOpened, closed(3))
      .when(close(4), asDoe)
      .then([closed(4)]);
  });

  it('S82 leaves the other tabs open', async () => {
    const other = { ...tabOpened, data: { ...tabOpened.data, conversationId: doeAndMagnum } };
    const after = await given(tabOpened, other)
      .when(close(0), asDoe)
      .then([closed(0)]);
    expect(tabOf(after, doeAndMagnum).open).toBe(true);
  });
});

describe('moving the read marker', () => {
  it('S64 moves forward', async () => {
    const after = await given()
      .when(read(2), asDoe)
      .then([marked(2)]);
    expect(tabOf(after, doeAndSmith).readMarker).toBe(2);
    await given(readMarkerMoved)
      .when(read(3), asDoe)
      .then([marked(3)]);
  });

  it('S66 changes nothing when another device has read as far or farther', async () => {
    await given(readMarkerMoved).when(read(2), asDoe).then([]);
    await given(readMarkerMoved).when(read(1), asDoe).then([]);
  });

  it('S66 changes nothing for a sequence that no message has', async () => {
    await given().when(read(0), asDoe).then([]);
  });

  it('S65 keeps one marker for each conversation', async () => {
    const after = await given(readMarkerMoved)
      .when(read(1, doeAndMagnum), asDoe)
      .then([marked(1, doeAndMagnum)]);
    expect(tabOf(after, doeAndSmith).readMarker).toBe(2);
  });

  it('S59 keeps the marker when the tab is closed and opened', async () => {
    const after = state(tabOpened, readMarkerMoved, closed(2), tabOpened);
    expect(tabOf(after, doeAndSmith)).toMatchObject({ open: true, readMarker: 2 });
    await given(tabOpened, readMarkerMoved, closed(2), tabOpened).when(read(2), asDoe).then([]);
  });

  it('S66 never goes back, even if the log holds a lower one', () => {
    expect(tabOf(state(marked(5), marked(2)), doeAndSmith).readMarker).toBe(5);
  });
});

describe('muting a conversation', () => {
  const mute = (muted: boolean, conversationId = doeAndSmith): DeskCommand => ({
    type: 'MuteConversation',
    data: { conversationId, muted },
  });
  const muted = { ...conversationMuted, data: { ...conversationMuted.data, mutedAt: now } };
  const unmuted = { ...conversationUnmuted, data: { ...conversationUnmuted.data, unmutedAt: now } };

  it('mutes one conversation, and lets it be heard again', async () => {
    const after = await given().when(mute(true), asDoe).then([muted]);
    expect([doeAndSmith, doeAndMagnum].map((id) => tabOf(after, id).muted)).toEqual([true, false]);
    const heard = await given(conversationMuted).when(mute(false), asDoe).then([unmuted]);
    expect(tabOf(heard, doeAndSmith).muted).toBe(false);
  });

  it('S86 changes nothing where nothing is muted', async () => {
    await given().when(mute(false), asDoe).then([]);
    await given(conversationMuted).when(mute(false, doeAndMagnum), asDoe).then([]);
  });

  it('S43 mutes again what is muted: after re-joining, the tab is fresh and the desk does not know', async () => {
    await given(conversationMuted).when(mute(true), asDoe).then([muted]);
  });

  it('leaves the tab and the read marker as they are', () => {
    expect(tabOf(state(tabOpened, readMarkerMoved, conversationMuted), doeAndSmith)).toEqual({
      open: true,
      readMarker: 2,
      muted: true,
    });
  });

  it('R5 a retry is known by what it asked', () => {
    expect(desk.produced(mute(true), [conversationMuted])).toBe(true);
    expect(desk.produced(mute(false), [conversationMuted])).toBe(false);
    expect(desk.produced(mute(true, doeAndMagnum), [conversationMuted])).toBe(false);
  });
});

describe('sharing how far one reads', () => {
  const share = (shared: boolean): DeskCommand => ({ type: 'ShareReading', data: { shared } });
  const hidden = { ...readingHidden, data: { ...readingHidden.data, hiddenAt: now } };
  const shared = { ...readingShared, data: { ...readingShared.data, sharedAt: now } };

  it('is so from the start, can be ended, and begun again', async () => {
    await given().when(share(true), asDoe).then([]);
    await given().when(share(false), asDoe).then([hidden]);
    await given(readingHidden).when(share(false), asDoe).then([]);
    await given(readingHidden).when(share(true), asDoe).then([shared]);
  });

  it('goes with each marker that moves, and not with those that moved before', async () => {
    const secret = { ...marked(3), data: { ...marked(3).data, shared: false } };
    await given(readMarkerMoved, readingHidden).when(read(3), asDoe).then([secret]);
    await given(readingHidden, secret, readingShared)
      .when(read(4), asDoe)
      .then([marked(4)]);
  });

  it('R5 a retry is known by what it asked', () => {
    expect(desk.produced(share(false), [readingHidden])).toBe(true);
    expect(desk.produced(share(true), [readingHidden])).toBe(false);
  });
});

describe('the same command id again', () => {
  const { produced } = desk;

  it('R5 knows what the same command made', () => {
    expect(produced(open(), [tabOpened])).toBe(true);
    expect(produced(close(3), [tabClosed])).toBe(true);
    expect(produced(read(2), [readMarkerMoved])).toBe(true);
  });

  it('R5 knows a command again that asked for more than was said by then', () => {
    expect(produced(close(99), [tabClosed])).toBe(true);
    expect(produced(read(99), [readMarkerMoved])).toBe(true);
  });

  it('R5 refuses another conversation, another sequence or another kind of command', () => {
    expect(produced(open(doeAndMagnum), [tabOpened])).toBe(false);
    expect(produced(close(2), [tabClosed])).toBe(false);
    expect(produced(read(1), [readMarkerMoved])).toBe(false);
    expect(produced(open(), [tabClosed])).toBe(false);
    expect(produced(close(3), [readMarkerMoved])).toBe(false);
    expect(produced(read(2), [])).toBe(false);
  });
});

describe('an untouched tab', () => {
  it('S7 is closed and unread from the start', () => {
    expect(tabOf(desk.initialState, doeAndSmith)).toEqual({ open: false, readMarker: 0, muted: false });
  });
});

describe('hours', () => {
  const { schedule } = scheduleSet.data;
  const set = (to: Schedule | null): DeskCommand => ({ type: 'SetSchedule', data: { schedule: to } });
  const setTo = (to: Schedule | null, sharesReading = true): ScheduleSet => ({
    type: 'ScheduleSet',
    data: { owner: johnDoe, schedule: to, setAt: now, sharesReading },
  });

  it('are set, changed and taken away', async () => {
    await given()
      .when(set(schedule), asDoe)
      .then([setTo(schedule)]);
    await given(scheduleSet)
      .when(set(null), asDoe)
      .then([setTo(null)]);
    const later = schedule && { ...schedule, zone: 'Asia/Kolkata' };
    expect(
      (
        await given(scheduleSet)
          .when(set(later), asDoe)
          .then([setTo(later)])
      ).schedule,
    ).toEqual(later);
  });

  it('that are the same change nothing, in whatever order their fields come', async () => {
    const { zone, workingHours, doNotDisturb } = schedule ?? { zone: '', workingHours: null, doNotDisturb: [] };
    await given().when(set(null), asDoe).then([]);
    await given(scheduleSet).when(set({ doNotDisturb, workingHours, zone }), asDoe).then([]);
  });

  it('S98 and whether reading is shown are kept apart, and each event says both', async () => {
    const hide: DeskCommand = { type: 'ShareReading', data: { shared: false } };
    const hidden = { ...readingHidden, data: { ...readingHidden.data, hiddenAt: now, schedule } };
    await given(scheduleSet).when(hide, asDoe).then([hidden]);
    const after = await given(readingHidden)
      .when(set(schedule), asDoe)
      .then([setTo(schedule, false)]);
    expect(after).toMatchObject({ sharesReading: false, schedule });
  });

  it('are told apart when the id comes again', () => {
    expect(desk.produced(set(schedule), [scheduleSet])).toBe(true);
    expect(desk.produced(set(null), [scheduleSet])).toBe(false);
  });
});
