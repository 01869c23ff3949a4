import type { Rule, UpdateTemplate } from '../../rules/rule.ts';
import type { Ruleset } from '../../rules/ruleset.ts';

/** What of a payload tells rules apart, and so costs calls. */
export interface PayloadChoice {
  /**
   * `asWritten`: as the rules have it. `perFinding`: each note names its finding. `own`: each names its rule.
   * `shared`: all notes say the same, and no rule sets a user-defined key.
   */
  readonly note: 'asWritten' | 'perFinding' | 'own' | 'shared';
  /** Whether the names of the deciding rules are written on the finding. */
  readonly provenance: 'finding' | 'log';
}

/**
 * The same rules with payloads told apart as chosen: they match the same findings and ask for the same states. Every
 * rule writes a note then, so a person's note may hold one more or one less of them.
 */
export function choosePayloads(ruleset: Ruleset, { note, provenance }: PayloadChoice): Ruleset {
  return {
    ...ruleset,
    rules: ruleset.rules.map((rule) => ({
      ...rule,
      event: { ...rule.event, params: withNote(rule, note) },
    })),
    config: { ...ruleset.config, provenance },
    version: `${ruleset.version}-${note}-${provenance}`,
  };
}

function withNote({ name, event: { params } }: Rule, note: PayloadChoice['note']): UpdateTemplate {
  if (note === 'asWritten') return params;
  if (note === 'perFinding') return { ...params, Note: { Text: 'Decided on {{Id}}' } };
  if (note === 'own') return { ...params, Note: { Text: `Decided by rule ${name}` } };
  const { UserDefinedFields: _keys, ...states } = params;
  return { ...states, Note: { Text: 'Decided by our triage rules' } };
}
