import { isObject } from '../condition-sites.ts';
import { diagnose } from '../diagnostic.ts';
import { FORMAT_MEMBER } from '../format/format-version.ts';
import { FIRST_FORMAT } from '../format/migrations.ts';
import type { LintCheck } from './lint-context.ts';

/** A configuration that says its format tells an older version of triage that it cannot read these rules. */
export const checkFormatUnsaid: LintCheck = ({ files }) =>
  files
    .filter(({ kind, value }) => kind === 'config' && isObject(value) && !(FORMAT_MEMBER in value))
    .map(({ source }) =>
      diagnose(
        source,
        { path: [] },
        'TR405',
        `No "${FORMAT_MEMBER}" says which format these rules are written in; that means ${FIRST_FORMAT}.`,
        'Write it with: triage migrate --apply',
      ),
    );
