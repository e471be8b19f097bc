// Hand-made SVG charts. They are drawn for the width they get, so that text keeps its size on a phone; each says
// in words what it shows and has its numbers in a table beside it.
import { count, h, s } from './dom.js';

/** A figure that redraws when its width changes. */
function figure(testid, draw, table) {
  const canvas = h('div', { class: 'chart-canvas' });
  let width = 0;
  new ResizeObserver(([entry]) => {
    const next = Math.round(entry.contentRect.width);
    if (next > 0 && next !== width) canvas.replaceChildren(draw((width = next)));
  }).observe(canvas);
  return h(
    'figure',
    { class: 'chart', 'data-testid': testid },
    canvas,
    h('details', null, h('summary', null, 'Show as a table'), h('div', { class: 'table-scroll', tabindex: 0 }, table)),
  );
}

const picture = (width, height, label, ...children) =>
  s('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label }, ...children);

const table = (caption, head, rows) =>
  h(
    'table',
    null,
    h('caption', { class: 'hidden' }, caption),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        head.map((name) => h('th', { scope: 'col' }, name)),
      ),
    ),
    h(
      'tbody',
      null,
      rows.map(([first, ...rest]) =>
        h(
          'tr',
          null,
          h('th', { scope: 'row' }, first),
          rest.map((cell) => h('td', null, cell)),
        ),
      ),
    ),
  );

/** One bar a category: known, learning, and the rest. rows: [{ name, questions, known, learning }]. */
export function categoryChart(rows) {
  const known = rows.reduce((sum, row) => sum + row.known, 0);
  const all = rows.reduce((sum, row) => sum + row.questions, 0);
  const label = `Known per topic, ${known} of ${all} in all: ${rows.map((row) => `${row.name} ${row.known} of ${row.questions}`).join(', ')}.`;
  const draw = (width) => {
    const [step, bar] = [46, 14];
    return picture(
      width,
      rows.length * step,
      label,
      rows.map((row, index) => {
        const y = index * step;
        const unit = width / Math.max(row.questions, 1);
        return s(
          'g',
          null,
          s('text', { x: 0, y: y + 16, class: 'chart-name' }, row.name),
          s(
            'text',
            { x: width, y: y + 16, class: 'chart-value', 'text-anchor': 'end' },
            `${row.known} / ${row.questions}`,
          ),
          // One stone a question, with joints between them.
          Array.from({ length: row.questions }, (_, n) =>
            s('rect', {
              x: n * unit + (n > 0 ? 1.5 : 0),
              y: y + 24,
              width: Math.max(unit - (n > 0 ? 1.5 : 0), 1),
              height: bar,
              rx: 2,
              class: n < row.known ? 'fill-known' : n < row.known + row.learning ? 'fill-learning' : 'fill-new',
            }),
          ),
        );
      }),
    );
  };
  return figure(
    'chart-categories',
    draw,
    table(
      'Known per topic',
      ['Topic', 'Known', 'Learning', 'Questions'],
      rows.map((row) => [row.name, row.known, row.learning, row.questions]),
    ),
  );
}

/** Reviews a day. days: [{ date: Date, reviews, remembered }], one a day, oldest first. */
export function daysChart(days) {
  const total = days.reduce((sum, day) => sum + day.reviews, 0);
  const best = Math.max(...days.map((day) => day.reviews), 1);
  const short = (date) => date.toLocaleDateString('en', { day: 'numeric', month: 'short' });
  const label = `Reviews per day, ${short(days[0].date)} to ${short(days.at(-1).date)}: ${count(total, 'review')}, at most ${best} in one day.`;
  const draw = (width) => {
    const [left, top, plot] = [30, 10, 130];
    const unit = (width - left) / days.length;
    // Lines at round numbers: 1, 2 or 5 times a power of ten.
    const rough = best / 3;
    const ten = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
    const tick = Math.max(
      1,
      [1, 2, 5, 10].map((n) => n * ten).find((n) => n >= rough),
    );
    const limit = Math.ceil(best / tick) * tick;
    const y = (value) => top + plot - (value / limit) * plot;
    const lines = Array.from({ length: limit / tick + 1 }, (_, n) => n * tick);
    const every = Math.ceil(days.length / Math.max(2, Math.floor(width / 90)));
    return picture(
      width,
      top + plot + 26,
      label,
      lines.map((value) => [
        s('line', { x1: left, x2: width, y1: y(value), y2: y(value), class: 'chart-line' }),
        s('text', { x: left - 8, y: y(value) + 4, class: 'chart-tick', 'text-anchor': 'end' }, value),
      ]),
      days.map((day, index) => {
        const x = left + index * unit + unit * 0.12;
        const wide = Math.max(unit * 0.76, 1.5);
        const forgotten = day.reviews - day.remembered;
        return s(
          'g',
          null,
          s('title', null, `${short(day.date)}: ${count(day.reviews, 'review')}`),
          s('rect', { x: left + index * unit, y: top, width: unit, height: plot, class: 'chart-hit' }),
          day.remembered > 0 &&
            s('rect', {
              x,
              width: wide,
              y: y(day.remembered),
              height: y(0) - y(day.remembered),
              rx: Math.min(2, wide / 3),
              class: 'fill-known',
            }),
          forgotten > 0 &&
            s('rect', {
              x,
              width: wide,
              y: y(day.reviews),
              height: y(day.remembered) - y(day.reviews),
              rx: Math.min(2, wide / 3),
              class: 'fill-again',
            }),
        );
      }),
      days.map(
        (day, index) =>
          (days.length - 1 - index) % every === 0 &&
          index > 0 &&
          s(
            'text',
            {
              x: Math.min(left + (index + 0.5) * unit, width),
              y: top + plot + 19,
              class: 'chart-tick',
              'text-anchor': index === days.length - 1 ? 'end' : 'middle',
            },
            index === days.length - 1 ? 'today' : short(day.date),
          ),
      ),
    );
  };
  const busy = days.filter((day) => day.reviews > 0).reverse();
  return figure(
    'chart-days',
    draw,
    table(
      'Reviews per day',
      ['Day', 'Reviews', 'Remembered'],
      busy.map((day) => [short(day.date), day.reviews, day.remembered]),
    ),
  );
}
