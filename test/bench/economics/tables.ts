import { fewestCalls, payloadSizes } from '../../../lib/simulation/economics/fewest-calls.ts';
import type { Figures } from '../../../lib/simulation/economics/figures.ts';
import type { StackSettings } from '../../../lib/simulation/economics/stack.ts';
import { type Arrival, DEPLOYED, playScenario, type ScenarioResult, type StreamSource } from './scenario.ts';
import type { Study } from './study.ts';

/** A table of the report, by the name of the place where it is put. */
export interface Table {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const RATES = [0.1, 1, 10, 100] as const;
const WINDOWS_SECONDS = [1, 5, 10, 30, 60, 300] as const;

/** Every table, made one after the other. */
export function* makeTables(study: Study): Generator<Table> {
  yield defaultsTable(study);
  yield windowTable(study);
  yield windowPayloadTable(study);
  yield batchTable(study);
  yield payloadTable(study);
  yield pollerTable(study);
  yield worstTable(study);
}

function defaultsTable({ usual, controls }: Study): Table {
  const arrivals: readonly Arrival[] = [...RATES, 'burst'];
  return {
    name: 'defaults',
    header: [
      'arrivals',
      'updates = calls one by one',
      'calls one a message',
      '**calls**',
      'fewest for these batches',
      'fewest for the whole stream',
      'updates a call',
      'waits p50 / p95',
      'until its call p50 / p95',
      'invocations',
    ],
    rows: arrivals.map((arrival) => {
      const { figures } = playScenario(arrival === 'burst' ? controls : usual, arrival);
      return [
        arrivalText(arrival, controls.findings.length),
        count(figures.updates),
        count(figures.asking),
        `**${count(figures.calls)}**`,
        count(figures.fewestOfBatches),
        count(figures.fewestOfStream),
        perCall(figures),
        `${time(figures.wait.p50Ms)} / ${time(figures.wait.p95Ms)}`,
        `${time(figures.update.p50Ms)} / ${time(figures.update.p95Ms)}`,
        count(figures.invocations),
      ];
    }),
  };
}

function windowTable({ usual }: Study): Table {
  const rows = RATES.flatMap((rate) =>
    WINDOWS_SECONDS.map((windowSeconds) => [
      windowSeconds === WINDOWS_SECONDS[0] ? `${rate}/s` : '',
      mark(`${windowSeconds} s`, windowSeconds * 1_000 === DEPLOYED.windowMs),
      ...streamCells(usual, rate, { windowMs: windowSeconds * 1_000 }),
    ]),
  );
  return { name: 'windows', header: ['arrivals', 'window', ...STREAM_HEADER], rows };
}

function windowPayloadTable({ chosen }: Study): Table {
  const rows = chosen
    .filter(({ choice: { note, provenance } }) => (note === 'asWritten') === (provenance === 'finding'))
    .filter(({ choice: { note } }) => note !== 'own')
    .flatMap(({ rules, choice, stream }) =>
      ([1, 10] as const).map((rate) => [
        count(rules),
        choice.note === 'asWritten' ? 'as written, `finding`' : 'shared, `log`',
        `${rate}/s`,
        ...WINDOWS_SECONDS.map((windowSeconds) => {
          const { figures } = playScenario(stream, rate, { windowMs: windowSeconds * 1_000 });
          return `${forThousand(figures.calls, figures.updates)} (${time(figures.update.p95Ms)})`;
        }),
      ]),
    );
  const header = ['rules', 'payloads', 'arrivals', ...WINDOWS_SECONDS.map((seconds) => `${seconds} s`)];
  return { name: 'windows-payloads', header, rows };
}

function batchTable({ usual }: Study): Table {
  const sizes = [10, 100, 500, 900, 1_000, 10_000];
  const rows = ([1, 10, 100] as const).flatMap((rate) =>
    sizes.map((batchSize) => [
      batchSize === sizes[0] ? `${rate}/s` : '',
      mark(count(batchSize), batchSize === DEPLOYED.batchSize),
      ...streamCells(usual, rate, { batchSize }),
    ]),
  );
  return { name: 'batches', header: ['arrivals', 'batch size', ...STREAM_HEADER], rows };
}

const STREAM_HEADER = [
  'calls',
  'calls for a second of the stream',
  'updates a call',
  'waits p50 / p95',
  'until its call p50 / p95',
  'invocations an hour',
];

function streamCells(stream: StreamSource, rate: number, changed: Partial<StackSettings>): readonly string[] {
  const { figures, deliveries } = playScenario(stream, rate, changed);
  const seconds = (deliveries.at(-1)?.atMs ?? 0) / 1_000;
  return [
    count(figures.calls),
    (figures.calls / seconds).toPrecision(2),
    perCall(figures),
    `${time(figures.wait.p50Ms)} / ${time(figures.wait.p95Ms)}`,
    `${time(figures.update.p50Ms)} / ${time(figures.update.p95Ms)}`,
    count((figures.invocations / seconds) * 3_600),
  ];
}

function payloadTable({ chosen }: Study): Table {
  const rows = chosen.map(({ rules, choice, stream }) => {
    const sizes = payloadSizes(stream.findings.map(({ decision }) => decision));
    const updates = sizes.reduce((sum, size) => sum + size, 0);
    const burst = playScenario(stream, 'burst').figures;
    const rates = [1, 10, 100].map((rate) => playScenario(stream, rate));
    return [
      count(rules),
      choice.note === 'asWritten' ? 'as written' : choice.note,
      choice.provenance,
      count(sizes.length),
      ...[...rates.map(({ figures }) => figures), burst].map((one) => forThousand(one.calls, one.updates)),
      forThousand(fewestCalls(sizes), updates),
      time(burst.doneMs),
      sustained(rates.at(-1)),
    ];
  });
  const header = [
    'rules',
    'note',
    'provenance',
    'distinct payloads',
    'at 1/s',
    'at 10/s',
    'at 100/s',
    'in a burst',
    'fewest for the burst',
    'burst done after',
    'keeps up with',
  ];
  return { name: 'payloads', header, rows };
}

function forThousand(calls: number, updates: number): string {
  return count((1_000 * calls) / Math.max(1, updates));
}

/** The arrivals a second at which the calls of full batches use up the budget of all environments. */
function sustained(result: ScenarioResult | undefined): string {
  if (result === undefined) return '';
  const { figures, decided, deliveries, settings } = result;
  const budget = settings.perSecond * settings.maxConcurrency;
  const seconds = (deliveries.at(-1)?.atMs ?? 0) / 1_000;
  if (figures.calls / seconds <= budget) return 'over 100/s';
  return `${Math.floor((budget * decided.length) / figures.calls)}/s`;
}

function pollerTable({ usual }: Study): Table {
  const rows = [1, 2, 5].map((pollers) => [
    mark(String(pollers), pollers === DEPLOYED.pollers),
    ...RATES.map((rate) => {
      const { figures } = playScenario(usual, rate, { pollers });
      return `${count(figures.calls)} (${perCall(figures)})`;
    }),
  ]);
  return {
    name: 'pollers',
    header: ['batches collected at once', ...RATES.map((rate) => `${rate}/s`)],
    rows,
  };
}

function worstTable({ worst }: Study): Table {
  const rows = [100, 500, 800, 900, 1_000, 10_000].map((batchSize) => {
    const { figures } = playScenario(worst, 'burst', { batchSize });
    return [
      mark(count(batchSize), batchSize === DEPLOYED.batchSize),
      count(figures.updates),
      count(figures.calls),
      count(figures.returned),
      count(figures.givenUp),
      time(figures.doneMs),
    ];
  });
  const header = ['batch size', 'updates', 'calls', 'returned to the queue', 'given up', 'done after'];
  return { name: 'worst', header, rows };
}

function arrivalText(arrival: Arrival, size: number): string {
  return arrival === 'burst' ? `${count(size)} controls at once` : `${arrival}/s`;
}

function perCall({ updates, calls }: Figures): string {
  return (updates / Math.max(1, calls)).toPrecision(3);
}

function mark(text: string, isDefault: boolean): string {
  return isDefault ? `**${text}**` : text;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function time(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return seconds < 180 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(seconds < 600 ? 1 : 0)} min`;
}
