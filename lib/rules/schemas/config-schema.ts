import { DIAGNOSTIC_NAMES } from '../diagnostic.ts';
import { FORMAT_MEMBER, FORMAT_VERSION } from '../format/format-version.ts';
import { CONFIGURABLE_CODES, type Level } from '../lint/levels.ts';
import { DEFAULT_CONFIG, type TriageConfig } from '../ruleset.ts';
import { choice, DRAFT, type JsonSchema } from './json-schema.ts';
import { SCHEMA_LINK } from './shared-members.ts';
import { FIELD_MEANINGS } from './update-schema.ts';

/**
 * `<prefix>Retriage` is the id of a custom action, which has up to 20 letters and digits:
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateActionTarget.html
 */
const PREFIX: JsonSchema = {
  type: 'string',
  pattern: '^[a-z][A-Za-z0-9]{0,11}$',
  errorMessage: 'A prefix has 1 to 12 letters and digits and begins with a small letter.',
};

const PROVENANCES: Readonly<Record<TriageConfig['provenance'], string>> = {
  finding: 'The names of the deciding rules are written on the finding.',
  log: 'The names stay in the log: fewer distinct updates, so fewer calls.',
};

const LEVELS: Readonly<Record<Level, string>> = {
  off: 'Not said.',
  warning: 'Said; the run succeeds.',
  error: 'Said; the run fails.',
};

const PROPERTIES: Readonly<Record<keyof TriageConfig, JsonSchema>> = {
  prefix: {
    ...PREFIX,
    default: DEFAULT_CONFIG.prefix,
    markdownDescription:
      "The instance's name: its marks are `<prefix>Rules`, `<prefix>Set` and `<prefix>Hold`.",
  },
  succeeds: {
    type: 'array',
    items: PREFIX,
    uniqueItems: true,
    markdownDescription: 'Instances whose marks this one takes over.',
  },
  provenance: {
    ...choice(PROVENANCES),
    default: DEFAULT_CONFIG.provenance,
    markdownDescription: 'Where the names of the rules that decided are kept.',
  },
  customActions: {
    type: 'array',
    items: {
      type: 'string',
      pattern: '^[A-Za-z0-9]{1,20}$',
      errorMessage: 'The id of a custom action has 1 to 20 letters and digits.',
    },
    uniqueItems: true,
    markdownDescription: 'Ids of our own custom actions beside `<prefix>Retriage`.',
  },
  withdrawing: {
    type: 'array',
    items: choice(FIELD_MEANINGS),
    uniqueItems: true,
    markdownDescription:
      'Fields whose last rule is gone, while findings still have what it wrote: it is being taken back.',
  },
};

/** Asked for before anything is loaded, and no part of the ruleset: rules of another format are refused or migrated. */
const FORMAT: JsonSchema = {
  type: 'integer',
  enum: [FORMAT_VERSION],
  enumDescriptions: ['The format that this version of triage reads.'],
  default: FORMAT_VERSION,
  errorMessage: `The format that this version of triage reads is ${FORMAT_VERSION}.`,
  markdownDescription:
    'The format that these rules are written in; `triage migrate` brings them to that of a new version.',
};

/** Read by `triage lint` alone: no part of the ruleset. */
const LINT: JsonSchema = {
  type: 'object',
  properties: {
    levels: {
      type: 'object',
      properties: Object.fromEntries(
        CONFIGURABLE_CODES.map((code) => [
          code,
          { ...choice(LEVELS), markdownDescription: DIAGNOSTIC_NAMES[code] },
        ]),
      ),
      additionalProperties: false,
      errorMessage:
        'What stops a deployment is always an error (TR105 and TR205 among it), and so are TR203 and TR404.',
      markdownDescription: 'The level of each check of `triage lint`: `off`, `warning` or `error`.',
    },
  },
  additionalProperties: false,
  markdownDescription: 'How `triage lint` judges these rules.',
};

/** `rules/triage.config.json`; what it leaves out has its default. */
export const CONFIG_SCHEMA: JsonSchema = {
  $schema: DRAFT,
  title: 'The configuration of one triage instance',
  type: 'object',
  properties: { $schema: SCHEMA_LINK, [FORMAT_MEMBER]: FORMAT, ...PROPERTIES, lint: LINT },
  additionalProperties: false,
};
