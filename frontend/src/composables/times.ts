import { computed, ref } from 'vue';
import { useWords } from './use-words.js';

const DAY_MS = 86_400_000;
const keyOf = (instant: number): string => {
  const date = new Date(instant);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
};

const { language, words } = useWords();
const today = ref(keyOf(Date.now()));
setInterval(() => (today.value = keyOf(Date.now())), 60_000);

const format = (options: Intl.DateTimeFormatOptions) =>
  computed(() => new Intl.DateTimeFormat(language.value, options));
const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const full = format({ dateStyle: 'full', timeStyle: 'long', hourCycle: 'h23' });
const weekday = format({ weekday: 'short' });
const date = format({ day: 'numeric', month: 'short' });
const WEEK_MS = 7 * DAY_MS;
const day = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** Instants in the words of the language and the time zone of the browser. */
export const times = {
  dayOf: keyOf,
  timeOf: (instant: number): string => time.value.format(instant),
  fullOf: (instant: number): string => full.value.format(instant),
  dateOf: (instant: number): string => date.value.format(instant),
  /** A moment to come, as briefly as it is clear: the time today, with the day of the week or the date later. */
  untilOf: (instant: number): string => {
    const at = time.value.format(instant);
    if (keyOf(instant) === today.value) return at;
    const isSoon = instant - Date.now() < WEEK_MS - DAY_MS;
    return `${(isSoon ? weekday : date).value.format(instant)} ${at}`;
  },
  dayWords: (instant: number): string => {
    if (keyOf(instant) === today.value) return words.value.today;
    return keyOf(instant + DAY_MS) === today.value ? words.value.yesterday : day.value.format(instant);
  },
};
