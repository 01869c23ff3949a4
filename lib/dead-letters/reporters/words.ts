import { counted } from '../../rules/counted.ts';
import { escapeText } from '../../rules/escape-text.ts';
import type { Letter } from '../letter.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A length of time in its largest unit, rounded down: `3 days`. */
export function duration(ms: number): string {
  if (ms >= DAY_MS) return counted(Math.floor(ms / DAY_MS), 'day');
  if (ms >= HOUR_MS) return counted(Math.floor(ms / HOUR_MS), 'hour');
  return ms >= MINUTE_MS ? counted(Math.floor(ms / MINUTE_MS), 'minute') : 'under a minute';
}

/** `2026-12-08 10:00 UTC`. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `the press of "Accept risk" on 2026-12-08 10:00 UTC`. */
export function pressText({ action, atMs }: NonNullable<Letter['press']>): string {
  return `the press of "${escapeText(action)}"${atMs === null ? '' : ` on ${instant(atMs)}`}`;
}
