import type { Finding } from '../../findings/finding.ts';
import { markRedacted } from '../../findings/redacted.ts';
import { createKeyedHash, type KeyedHash } from './keyed-hash.ts';
import { createPseudonym, type Pseudonym } from './pseudonym.ts';
import { redactOwnFields } from './redact-own-fields.ts';
import { createScrub, type Scrub } from './scrub.ts';
import { anotherIdentity, anotherValue } from './telling-value.ts';
import { anotherWhereabouts } from './whereabouts.ts';
import { isWordOfService } from './word-of-service.ts';

/** Makes a finding that says as much of the kind of what was found, and nothing of where and whose it is. */
export type RedactFinding = (finding: Finding) => Finding;

/** Words of the services, which rules compare: kept but for what tells by its looks. */
const KEPT =
  /^(?:SchemaVersion|Region|ProductName|Types|RecordState|WorkflowState|VerificationState|Severity|Workflow|(?:FirstObserved|LastObserved|Created|Updated|Processed)At)$/;
/** Of a vulnerability all is public but where it was found. */
const PLACE_OF_VULNERABILITY = /^(?:FilePath|FileName|Path|SourceLayerArn|SourceLayerHash)$/;
/** Texts by whoever made the finding, for people to read. */
const DESCRIPTIONS =
  /^(?:Description|Remediation\/.*|Compliance\/(?:.*\/)?Description|Detection\/(?:.*\/)?Title)$/;
/** What people and rules write, redacted by itself. */
const OWN = /^(?:Note|UserDefinedFields)$/;

/**
 * Redacts findings under a key: with the same key equal texts become equal ones, in this finding and in others. Account
 * ids, addresses and where they are, names, tags, ARNs and free texts are exchanged; products, controls, types,
 * severities, Regions, kinds of resource and what rules wrote stay. A product field says that the finding is redacted.
 * Titles, and descriptions of AWS, stay but for what is exchanged elsewhere. docs/redaction.md lists all of it.
 */
export function createRedaction(key: Uint8Array): RedactFinding {
  const hash = createKeyedHash(key);
  const pseudonym = createPseudonym(hash);
  const scrub = createScrub(pseudonym);

  return (finding) => {
    const writer = writerOf(finding);
    // Titles repeat names: those that stand in members of their own are learned before any text is written.
    const names = new Map<string, string>();
    const noted: Pseudonym = (text) => {
      const another = pseudonym(text);
      if (another !== text) names.set(text, another);
      return another;
    };
    redactMember(finding, [], { writer, hash, pseudonym: noted, scrub, free: scrub });
    const free = freeTexts(names, pseudonym);
    const redacted = redactMember(finding, [], { writer, hash, pseudonym, scrub, free });
    const by = { hash, ours: free, others: pseudonym, key: scrub };
    return markRedacted(redactOwnFields(finding, redacted as Finding, by));
  };
}

/** Title and description have at most 256 and 1,024 characters; names in them are looked for one by one. */
const LONGEST_TEXT = 4_096;
const MOST_NAMES_CHARACTERS = 30_000;

/** Texts as they are but for the finding's names; where those are too many to look for, nothing of them is kept. */
function freeTexts(names: ReadonlyMap<string, string>, pseudonym: Pseudonym): Scrub {
  const sought = new Map([...names].filter(([name]) => name.length <= LONGEST_TEXT));
  const characters = [...sought.keys()].reduce((sum, name) => sum + name.length, 0);
  if (characters > MOST_NAMES_CHARACTERS) return pseudonym;
  const scrub = createScrub(pseudonym, sought);
  return (text) => (text.length > LONGEST_TEXT ? pseudonym(text) : scrub(text));
}

interface Redaction {
  readonly writer: Writer;
  readonly hash: KeyedHash;
  readonly pseudonym: Pseudonym;
  /** For words of services. */
  readonly scrub: Scrub;
  /** For texts that may repeat names of the finding. */
  readonly free: Scrub;
}

/** Whose words title and description are; those of Security Hub's controls are the same for everybody. */
type Writer = 'securityHub' | 'aws' | 'partner' | 'customer';

function writerOf({ ProductArn }: Finding): Writer {
  const [, product] = /^arn:[a-z-]+::?securityhub:[^:]*::product\/(.+)$/.exec(ProductArn) ?? [];
  if (product === undefined) return 'customer';
  if (product === 'aws/securityhub') return 'securityHub';
  return product.startsWith('aws/') ? 'aws' : 'partner';
}

function redactMember(value: unknown, path: readonly string[], by: Redaction): unknown {
  if (typeof value === 'string') return redactText(value, path, by);
  if (typeof value === 'number') return redactNumber(value, path, by);
  if (Array.isArray(value)) return value.map((item) => redactMember(item, path, by));
  if (value === null || typeof value !== 'object') return value;
  if (path.length === 1 && OWN.test(path[0] ?? '')) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      by.scrub(name),
      redactMember(member, [...path, name], by),
    ]),
  );
}

/** Numbers stay, but for an account id that lost its quotes, and those that tell where something is. */
function redactNumber(value: number, path: readonly string[], { hash, pseudonym }: Redaction): number {
  const text = String(value);
  return /^\d{12}$/.test(text)
    ? Number(pseudonym(text))
    : Number(anotherWhereabouts(path.join('/'), text, hash) ?? value);
}

function redactText(text: string, path: readonly string[], by: Redaction): string {
  const { writer, pseudonym, scrub, free } = by;
  const top = (path[0] === 'FindingProviderFields' ? path[1] : path[0]) ?? '';
  const name = path.at(-1) ?? '';
  if (KEPT.test(top)) return scrub(text);
  if (path.includes('Tags')) return redactTag(name, text, by);
  if (DESCRIPTIONS.test(path.join('/'))) return describe(text, by);
  switch (top) {
    case 'Id':
    case 'ProductArn':
    case 'RelatedFindings':
      return anotherIdentity(text, pseudonym);
    case 'GeneratorId':
      return text.startsWith('arn:') ? anotherIdentity(text, pseudonym) : free(text);
    case 'Title':
      return writer === 'securityHub' ? scrub(text) : free(text);
    case 'CompanyName':
      return writer === 'customer' && text !== 'Personal' ? pseudonym(text) : scrub(text);
    case 'Vulnerabilities':
      return PLACE_OF_VULNERABILITY.test(name) ? pseudonym(text) : scrub(text);
  }
  if (isWordOfService(path)) return scrub(text);
  return anotherWhereabouts(path.join('/'), text, by.hash) ?? anotherValue(name, text, pseudonym);
}

function describe(text: string, { writer, pseudonym, scrub, free }: Redaction): string {
  if (writer === 'securityHub') return scrub(text);
  return writer === 'aws' ? free(text) : anotherValue('Description', text, pseudonym);
}

/** Keys stay, as a map's names or as `{Key, Value}`. */
function redactTag(name: string, text: string, { pseudonym, scrub }: Redaction): string {
  if (name === 'Key') return scrub(text);
  return /^(?:true|false|yes|no)$/i.test(text) ? text : pseudonym(text);
}
