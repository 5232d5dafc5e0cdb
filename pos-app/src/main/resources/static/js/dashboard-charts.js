// Charts of the dashboard, drawn by Chart.js; each is made once and then given new figures.
import * as money from './money.js';

const COLOURS = ['#0f766e', '#c77700', '#3558a8', '#8a3ffc', '#a3324a', '#4d7c0f', '#0e7490', '#7c5a3a', '#64748b', '#be185d'];
const charts = new Map();

function amount(value) {
  return money.text(money.fromNumber(value));
}

const compact = new Intl.NumberFormat('en', { notation: 'compact' });

function options(kind, horizontal) {
  const round = kind === 'doughnut';
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: { duration: 250 },
    indexAxis: horizontal ? 'y' : 'x',
    plugins: {
      legend: { display: round, position: 'right' },
      tooltip: { callbacks: { label: at => amount(at.raw) } },
    },
    scales: round ? {} : {
      [horizontal ? 'x' : 'y']: { beginAtZero: true, ticks: { callback: value => compact.format(value) } },
    },
  };
}

/** Shows `rows` of a report in the canvas `id`; `kind` is bar, line or doughnut. */
export function draw(id, kind, rows, horizontal = false) {
  const labels = rows.map(row => row.name);
  const values = rows.map(row => row.revenue);
  const known = charts.get(id);
  if (known) {
    const same = known.data.labels.join('\n') === labels.join('\n');
    known.data.labels = labels;
    known.data.datasets[0].data = values;
    known.data.datasets[0].backgroundColor = colours(kind, values.length);
    known.update(same ? undefined : 'none');
    return;
  }
  const canvas = document.getElementById(id);
  charts.set(id, new window.Chart(canvas, {
    type: kind,
    data: {
      labels,
      datasets: [{ data: values, backgroundColor: colours(kind, values.length), borderColor: COLOURS[0], borderWidth: kind === 'line' ? 2 : 0,
        fill: kind === 'line', tension: .25, maxBarThickness: 46 }],
    },
    options: options(kind, horizontal),
  }));
}

function colours(kind, count) {
  if (kind === 'line') {
    return 'rgba(15, 118, 110, .15)';
  }
  return kind === 'doughnut' ? Array.from({ length: count }, (unused, at) => COLOURS[at % COLOURS.length]) : COLOURS[0];
}
