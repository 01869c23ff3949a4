import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { findingTriaged, writeFindingTriaged } from '../../lib/triage/finding-triaged.ts';
import { FINDING_TRIAGED_SCHEMA } from '../../lib/triage/finding-triaged-schema.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import {
  currentValue,
  type FieldName,
  fieldOfKey,
  sameValue,
  TOP_FIELDS,
  userDefined,
} from '../reference/fields.ts';
import { NO_MARK, readMark } from '../reference/mark.ts';
import { WITHDRAWN_NOTE } from '../reference/ownership.ts';
import { viewOf } from '../reference/view.ts';
import { strictAjv } from '../rules/schemas/strict-ajv.ts';
import { closed } from './closed-schema.ts';
import { event, NOW, ruleset } from './generators.ts';
import { history, play } from './history.ts';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 2000);
const SEED = Number(process.env.PROPERTY_SEED ?? 20_261_127);
const validate = strictAjv().addFormat('date-time', true).compile(closed(FINDING_TRIAGED_SCHEMA));

it('tells what an update changes, all of it and nothing else, in the words of the schema', async () => {
  let withdrawals = 0;
  let updates = 0;
  await fc.assert(
    fc.asyncProperty(history, ruleset, event, async (past, rules, by) => {
      const finding = await play(past);
      const { kind, update, rules: names, trace } = await decide(finding, by, rules, NOW);
      if (kind !== 'update') return;
      const outcome = { rules: names, update };
      const bringer = { 'detail-type': by.detailType };

      const text = writeFindingTriaged(
        findingTriaged({ finding, outcome, event: bringer, atMs: NOW }, rules.config, rules.version),
      );

      const told = JSON.parse(text);
      expect(validate(told), JSON.stringify(validate.errors)).toBe(true);
      expect(told).toMatchObject({ rules: names, confirmedAt: new Date(NOW).toISOString() });
      const after = applyUpdate(finding, update);
      const keys = new Set([...userDefined(finding).keys(), ...userDefined(after).keys()].map(fieldOfKey));
      const changed = [...TOP_FIELDS, ...keys].filter(
        (field) =>
          !/^UserDefinedFields\.triage(?:Set|Rules)$/.test(field) &&
          !sameValue(currentValue(finding, field), currentValue(after, field)),
      );
      expect(fieldsIn(told.after)).toEqual(changed.sort());
      for (const field of changed) {
        expect(toldValue(told.after, field)).toEqual(currentValue(after, field));
        if (Object.hasOwn(told.before, field))
          expect(toldValue(told.before, field)).toEqual(currentValue(finding, field));
      }
      expect(Object.keys(told.before).filter((field) => !changed.includes(field))).toEqual([]);

      const isTaken = (field: FieldName) =>
        // A note whose rule won it, and another field that is held, is taken back as well.
        field === 'Note' ? told.after.Note.Text === WITHDRAWN_NOTE : !isWon(trace, field);
      const taken = changed.filter((field) => !field.includes('.') && isTaken(field));
      expect([...told.withdrawn].sort()).toEqual(taken);
      expect(told.withdrawal).toBe(taken.length > 0);

      const mark = readMark(finding, rules.config);
      const known = mark === undefined || mark === 'unknownVersion' ? NO_MARK : mark;
      const { Severity } = viewOf(finding, known, rules.config);
      expect(told.finding.Severity?.Label).toBe((Severity as { Label?: string } | undefined)?.Label);
      updates += 1;
      if (taken.length > 0) withdrawals += 1;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(updates).toBeGreaterThan(RUNS / 5);
  expect(withdrawals).toBeGreaterThan(RUNS / 50);
}, 120_000);

function isWon(trace: Decision['trace'], field: FieldName): boolean {
  return trace.some(({ mode, won }) => mode === 'enforce' && won.includes(field));
}

function fieldsIn({ UserDefinedFields = {}, ...fields }: FindingUpdate): readonly string[] {
  return [...Object.keys(fields), ...Object.keys(UserDefinedFields).map(fieldOfKey)].sort();
}

function toldValue(fields: FindingUpdate, field: FieldName): unknown {
  if (field === 'Workflow') return fields.Workflow?.Status;
  if (field === 'Severity') return fields.Severity?.Label;
  if (field === 'Note') return fields.Note?.Text;
  const [, key] = /^UserDefinedFields\.(.*)$/s.exec(field) ?? [];
  return key === undefined ? fields[field as keyof FindingUpdate] : fields.UserDefinedFields?.[key];
}
