import type { Finding } from '../../findings/finding.ts';
import { byOrder } from '../../import/native/order.ts';
import { readNativeRules } from '../../import/native/read-rules.ts';
import { createProber } from '../../import/probe-findings.ts';
import { probesOf, type Tree } from '../../import/tree.ts';

type Members = Readonly<Record<string, unknown>>;

/** The native rules that suppress, asked of suppressed findings. */
export interface SuppressingNativeRules {
  /** The rule whose note stands on the finding, text and name alike. */
  readonly signing: (finding: Finding) => string | undefined;
  /** The rule that would suppress it, were it NEW. */
  readonly matching: (finding: Finding) => string | undefined;
}

interface Note {
  readonly Text?: unknown;
  readonly UpdatedBy?: unknown;
}

/** @param configs native rules as BatchGetAutomationRules has them; disabled ones may have acted before */
export function suppressingNativeRules(configs: readonly Members[], nowMs: number): SuppressingNativeRules {
  const prober = createProber(nowMs);
  const ordered = [...configs].sort(byOrder);
  const read = readNativeRules(ordered, nowMs).rules;
  const rules = ordered.flatMap((config, i) => {
    const rule = read[i];
    if (rule?.params.Workflow?.Status !== 'SUPPRESSED') return [];
    // The status has changed since the rule looked at it.
    const criteria = rule.criteria?.filter((tree) => !readsStatus(tree)) ?? null;
    return [{ title: rule.title, criteria, note: noteOf(config) }];
  });
  return {
    signing: ({ Note: written }) => {
      const { Text, UpdatedBy } = (written ?? {}) as Note;
      return rules.find(({ note }) => note !== null && note.Text === Text && note.UpdatedBy === UpdatedBy)
        ?.title;
    },
    matching: (finding) =>
      rules.find(({ criteria }) => criteria?.every((tree) => prober.holds(tree, finding)))?.title,
  };
}

function readsStatus(tree: Tree): boolean {
  return probesOf(tree).some(({ leaf }) => leaf.fact === 'Workflow.Status');
}

/** The note that the rule's one action writes, as the service signs it. */
function noteOf({ Actions }: Members): Note | null {
  const [action] = Array.isArray(Actions) ? Actions : [];
  const note = action?.FindingFieldsUpdate?.Note;
  return typeof note === 'object' ? (note as Note | null) : null;
}
