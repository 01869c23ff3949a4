import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHOSEN_EVENT_READINGS } from '../../lib/local/event-readings.ts';
import { DATE_FILTERS, MAP_FILTERS, STRING_FILTERS } from '../../lib/local/security-hub/filter-fields.ts';
import { OPERATIONS as HUB_OPERATIONS } from '../../lib/local/security-hub/limits.ts';
import { CHOSEN_READINGS } from '../../lib/local/security-hub/open-readings.ts';
import { OPERATIONS as QUEUE_OPERATIONS } from '../../lib/local/sqs/actions/operations.ts';

const PAGE = readFileSync(new URL('../../docs/local-account.md', import.meta.url), 'utf8');

describe('the page about the local account', () => {
  it('names files that are there', () => {
    const named = [...PAGE.matchAll(/`([\w/-]+\.ts)`/g)].map(([, file = '']) => file);

    expect(named.length).toBeGreaterThan(0);
    for (const file of named) {
      const path = fileURLToPath(new URL(`../../lib/local/${file}`, import.meta.url));
      expect.soft(existsSync(path), file).toBe(true);
    }
  });

  it('lists every reading that can be set, with the one that is chosen', () => {
    const rows = [
      ...PAGE.matchAll(/^\| `(?:securityHub\.readings|eventReadings)\.(\w+)` \|.*?\| `(.*?)` \|/gm),
    ];
    const listed = Object.fromEntries(rows.map(([, name, chosen]) => [name, chosen]));
    const chosen = Object.entries({ ...CHOSEN_READINGS, ...CHOSEN_EVENT_READINGS });

    expect(listed).toEqual(
      Object.fromEntries(
        chosen.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
      ),
    );
  });

  it('counts operations and filters as they are', () => {
    const filters = [STRING_FILTERS, MAP_FILTERS, DATE_FILTERS].flatMap((fields) => Object.keys(fields));

    expect(PAGE).toContain(`\n${HUB_OPERATIONS.length} operations, in \`security-hub/limits.ts\``);
    expect(PAGE).toContain(`\n${QUEUE_OPERATIONS.size} operations on standard queues`);
    expect(PAGE).toContain(`knows ${filters.length} filters by four comparisons`);
  });
});
