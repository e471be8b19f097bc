// One's own progress: the numbers, known per topic, reviews per day.
import { count, h } from '../dom.js';
import { catalogue } from '../api/catalogue.js';
import { categoryProgress, mine, reviewDays } from '../api/study.js';
import { categoryChart, daysChart } from '../chart.js';
import { empty, invitation } from '../parts.js';
import { dueCards, state, tally } from '../state.js';
import { wall } from '../wall.js';

const WEEKS = 8;

export async function progressView() {
  await catalogue();
  if (!state.user) return visitor();
  const [, topics, days] = await Promise.all([mine(), categoryProgress(), reviewDays(WEEKS)]);
  const { known, learning, total } = tally();
  if (known + learning === 0) return beginner();
  const calendar = everyDay(days);
  return h(
    'div',
    { class: 'progress-view', 'data-testid': 'progress-view' },
    h('h1', null, 'My progress'),
    h(
      'dl',
      { class: 'figures' },
      figure('known', known, `of ${total} known`),
      figure('learning', learning, 'learning'),
      figure('due', dueCards().length, 'due now'),
      figure('streak', streak(calendar), 'days in a row'),
    ),
    h(
      'section',
      { class: 'panel' },
      h('h2', null, 'Known, by topic'),
      legend(['known', 'Known'], ['learning', 'Learning'], ['new', 'Not met yet']),
      categoryChart(topics),
    ),
    h(
      'section',
      { class: 'panel' },
      h('h2', null, 'Reviews, day by day'),
      legend(['known', 'Remembered'], ['again', 'Again']),
      daysChart(calendar),
    ),
  );
}

const figure = (key, value, text) =>
  h('div', null, h('dt', null, text), h('dd', { 'data-testid': `figure-${key}` }, value));

const legend = (...keys) =>
  h(
    'p',
    { class: 'legend' },
    keys.map(([key, name]) => h('span', { class: `key ${key}` }, name)),
  );

/** The server leaves out days without reviews; a calendar must not. */
function everyDay(days) {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const now = new Date();
  return Array.from({ length: WEEKS * 7 }, (_, index) => {
    // Noon, so that a change of summer time moves no day.
    const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (WEEKS * 7 - 1 - index), 12);
    const key = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
      .map((n) => String(n).padStart(2, '0'))
      .join('-');
    const { reviews = 0, remembered = 0 } = byDay.get(key) ?? {};
    return { date, reviews, remembered };
  });
}

/** Days in a row up to today; a day that has only begun does not break it. */
function streak(calendar) {
  const back = calendar.map((day) => day.reviews > 0).reverse();
  const from = back[0] ? 0 : 1;
  const gap = back.indexOf(false, from);
  return (gap < 0 ? back.length : gap) - from;
}

const visitor = () =>
  h(
    'div',
    { class: 'progress-view', 'data-testid': 'progress-view' },
    h('h1', null, 'Progress'),
    h('p', { class: 'lead' }, 'Here your wall grows: what you know by topic, how often you practised, what is due.'),
    wall(),
    invitation('Progress needs somebody to belong to.'),
  );

const beginner = () =>
  h(
    'div',
    { class: 'progress-view', 'data-testid': 'progress-view' },
    h('h1', null, 'My progress'),
    wall(),
    empty(
      'Nothing to chart yet',
      `After your first round of cards this page shows ${count(state.categories.length, 'topic')} and your days.`,
      h('a', { class: 'button', href: '#/cards/run?deck=new&size=10' }, 'Meet ten questions'),
    ),
  );
