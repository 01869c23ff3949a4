import { formatAfter, MIGRATIONS } from './migrations.ts';

/** How `triage.config.json` names the format that the rules are written in. */
export const FORMAT_MEMBER = 'formatVersion';

/** The format that this version reads. */
export const FORMAT_VERSION = formatAfter(MIGRATIONS);
