import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { systemClock } from '../../lambdas/triage/clock.ts';
import { createTokenBucket } from '../../lambdas/triage/token-bucket.ts';
import { checkpointPath } from '../export/checkpoint.ts';
import { type Destination, type ExportRequest, openFile, openStream } from '../export/destination.ts';
import { type ExportResult, exportFindings } from '../export/export-findings.ts';
import { connect, type FindingSource, GET_FINDINGS_PACE } from '../export/finding-source.ts';
import { linesOf } from '../export/output-file.ts';
import { lockPath } from '../export/output-lock.ts';
import { readFilters } from '../export/read-filters.ts';
import { createRedaction } from '../export/redaction/redact-finding.ts';
import { type FilterChoice, type Filters, filtersFor } from '../findings/finding-filters.ts';
import { counted } from '../rules/counted.ts';
import { escapeText } from '../rules/escape-text.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { FILTER_OPTION_NAMES, filterOptions, type Since, sinceMs } from './export-options.ts';
import { narratorFor, progressFor } from './global-options.ts';
import { interrupted } from './interrupt.ts';
import { ProblemsFound } from './problems-found.ts';
import { UsageError } from './usage-error.ts';

interface ExportOptions extends Omit<FilterChoice, 'updatedSinceMs'> {
  readonly out?: string;
  readonly updatedSince?: Since;
  readonly filters?: string;
  readonly redact: boolean;
  readonly redactionKey?: string;
}

/** A key that can be guessed undoes the redaction. */
const SHORTEST_KEY_BYTES = 16;

const NOTES = `
Reads findings with GetFindings, and calls nothing else: it is read-only and needs securityhub:GetFindings alone.
Account, Region and endpoint are those of the AWS SDK: its credentials, AWS_REGION, AWS_ENDPOINT_URL_SECURITYHUB.
It keeps to 3 calls a second, 100 findings each. Every finding is written once, as it stood when it was first read.

Redacted are account ids, addresses, hosts, where an address is and whose network it belongs to, names, values of tags,
ids in ARNs, links, notes and user-defined values. Products, controls, types, severities, Regions, countries, numbers and
kinds of resource stay, as do what rules wrote, and keys of tags and fields. Equal values become equal ones within an
export, and in all exports with the same --redaction-key. Titles, and descriptions by AWS, are kept but for such values:
look through them before you pass a file on. docs/redaction.md lists all that is exchanged, and all that stays. Rules that name accounts, resources, tags or people decide
redacted findings otherwise: a product field marks each, and triage simulate says how many there are.

Interrupted? The same command goes on where it stopped: <file>.checkpoint remembers, until all is there. It holds
the redaction's key, so it is not to be passed on. Both files can be read by their owner alone.
<file>.lock keeps other exports away while one writes.

Examples:
  triage export --out findings.ndjson.gz                            all that Security Hub has
  triage export --out recent.ndjson --updated-since 14 --record-state ACTIVE
  triage export --severity CRITICAL,HIGH --product GuardDuty | head -1
  triage export --out some.ndjson --filters filters.json            filters as the API has them`;

/** `triage export`: findings of an account as NDJSON, redacted; read-only. */
export function exportCommand(): Command {
  const command = new Command('export')
    .description('download findings as NDJSON, redacted; read-only')
    .option('--out <file>', 'file to write, gzip where its name ends in .gz (default: print)');
  for (const option of filterOptions()) command.addOption(option);
  return command
    .addOption(
      new Option('--filters <file>', 'AwsSecurityFindingFilters in JSON, in place of the above').conflicts(
        FILTER_OPTION_NAMES,
      ),
    )
    .option('--redaction-key <file>', 'secret that makes equal values equal in several exports')
    .addOption(new Option('--no-redact', 'findings as they are').conflicts('redactionKey'))
    .addHelpText('after', NOTES)
    .action(exportAction);
}

async function exportAction(options: ExportOptions, command: Command): Promise<void> {
  const { say } = narratorFor(command);
  const nowMs = Date.now();
  const filters = readChoice(options, nowMs);
  const key = options.redactionKey === undefined ? null : readKey(options.redactionKey);
  const connection = await connect();
  if (connection.kind === 'unconfigured')
    throw new UsageError(
      `There is no account to read: ${escapeText(connection.why)}. Set AWS_PROFILE or credentials, and AWS_REGION.`,
    );
  const { source, region } = connection;
  const asked = {
    ...options,
    out: null,
    region,
    // What is in the files counts, not where they are.
    filters: options.filters === undefined ? null : filters,
    redactionKey: key && createHash('sha256').update(key).digest('hex'),
  };
  const destination = await openDestination(options.out, { asked, filters, key });
  // Said with --quiet too: it is a warning.
  if (!options.redact)
    console.error('Not redacted: the findings tell account ids, addresses, names and all they say.');
  if (destination.from.findings > 0) say(`Going on after ${counted(destination.from.findings, 'finding')}.`);
  const result = await runUntilInterrupted(source, destination, options, command);
  conclude(result, destination, options, say);
}

async function runUntilInterrupted(
  source: FindingSource,
  destination: Destination,
  { redact, out }: ExportOptions,
  command: Command,
): Promise<ExportResult> {
  const progress = progressFor(command, 'findings');
  const { callsPerSecond, burst } = GET_FINDINGS_PACE;
  const bucket = createTokenBucket(callsPerSecond, burst, systemClock);
  const { from, filters, seen } = destination;
  let findings = from.findings;
  const work = exportFindings({
    filters,
    from,
    source,
    pace: { bucket, clock: systemClock, deadlineMs: Number.POSITIVE_INFINITY },
    change: redact ? createRedaction(destination.key) : (finding) => finding,
    seen,
    keep(page, position) {
      findings = position.findings;
      progress.update(0, findings - from.findings);
      return destination.keep(page, position);
    },
  });
  const result = await Promise.race([work, interrupted().then(() => null)]);
  progress.end();
  if (result !== null) {
    source.close();
    destination.close();
    return result;
  }
  console.error(`Interrupted after ${counted(findings, 'finding')}. ${goingOn(out)}`);
  // A call may be under way, and nothing waits for it: each page is whole on disk or not counted.
  return process.exit(EXIT_CODES.interrupted);
}

function conclude(
  { findings, repeated, restarts, failure }: ExportResult,
  destination: Destination,
  { out, redact }: ExportOptions,
  say: (line: string) => void,
): void {
  if (restarts > 0)
    say(`The query was begun anew ${counted(restarts, 'time')}, as Security Hub had forgotten its place.`);
  if (repeated > 0) say(`${counted(repeated, 'finding')} came again and stand as they were first read.`);
  if (failure !== null) {
    const { code, message } = failure.cause;
    const advice = {
      denied: 'Reading needs securityhub:GetFindings, and Security Hub CSPM enabled in this Region.',
      refused: 'Mend the filters.',
    };
    const what = `Security Hub did not answer after ${counted(findings, 'finding')}: ${escapeText(`${code}: ${message}`)}`;
    const help = failure.kind === 'denied' || failure.kind === 'refused' ? `${advice[failure.kind]} ` : '';
    throw new ProblemsFound(`${what.replace(/\.?$/, '.')} ${help}${goingOn(out)}`);
  }
  destination.complete();
  const where = out === undefined ? '' : ` in ${escapeText(out)}`;
  say(`${counted(findings, 'finding')}${where}${redact ? ', redacted' : ''}.`);
  if (redact && findings > 0)
    say(
      'Rules that name accounts, resources, tags or people decide these otherwise; triage simulate says so.',
    );
  if (findings === 0) throw new UsageError('No finding passes these filters.');
}

function goingOn(out: string | undefined): string {
  return out === undefined
    ? 'With --out <file> the same command could go on.'
    : 'The same command goes on from there.';
}

async function openDestination(out: string | undefined, request: ExportRequest): Promise<Destination> {
  if (out === undefined) return openStream(request, print);
  const [file, checkpoint] = [escapeText(out), escapeText(checkpointPath(out))];
  const opened = await openFile(out, request).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be written: ${escapeText(String(error))}.`, { cause: error });
  });
  switch (opened.kind) {
    case 'open':
      return opened.destination;
    case 'locked': {
      const by = opened.pid === null ? '' : `, process ${opened.pid}`;
      const lock = escapeText(lockPath(out));
      throw new UsageError(
        `${file} is being written by another export${by}. If none runs any more, remove ${lock} and repeat.`,
      );
    }
    case 'exists':
      throw new UsageError(`${file} is there already. Name another file, or remove it.`);
    case 'another':
      throw new UsageError(
        `${checkpoint} is of an export with other options. Repeat those, name another file, or remove both.`,
      );
    case 'broken':
      throw new UsageError(`${file} and ${checkpoint} do not fit together. Remove both to begin anew.`);
  }
}

/** Waits until the reader takes more; false once there is none. */
async function print(findings: Parameters<typeof linesOf>[0]): Promise<boolean> {
  const isReady = process.stdout.write(linesOf(findings));
  if (!isReady && !process.stdout.destroyed)
    await new Promise<void>((resolve) => {
      process.stdout.once('drain', resolve).once('close', resolve);
    });
  return process.stdout.writable;
}

function readChoice(options: ExportOptions, nowMs: number): Filters {
  if (options.filters === undefined) {
    const { updatedSince } = options;
    return filtersFor(
      updatedSince === undefined ? options : { ...options, updatedSinceMs: sinceMs(updatedSince, nowMs) },
      nowMs,
    );
  }
  const reading = readFilters(options.filters);
  if (reading.kind === 'filters') return reading.filters;
  throw new UsageError(`--filters ${escapeText(options.filters)}: ${escapeText(reading.why)}.`);
}

function readKey(path: string): Uint8Array {
  let key: Buffer;
  try {
    key = readFileSync(path);
  } catch (error) {
    throw new UsageError(
      `--redaction-key ${escapeText(path)} cannot be read. Make one with: openssl rand -hex 32 > ${escapeText(path)}`,
      { cause: error },
    );
  }
  if (key.length >= SHORTEST_KEY_BYTES) return key;
  throw new UsageError(
    `--redaction-key ${escapeText(path)} is too short to be a secret: ${SHORTEST_KEY_BYTES} bytes are the least.`,
  );
}
