import { escapeText } from '../../rules/escape-text.ts';
import { JSON_VERSION } from '../../rules/reporters/json.ts';
import { safeJson } from '../../rules/safe-json.ts';
import { grouped } from '../../simulation/reporters/grouped.ts';
import { NO_BREAK, quoted } from '../../simulation/reporters/markup.ts';
import type { Letter } from '../letter.ts';
import { standing, surveyPretty, titleOf } from './survey-pretty.ts';
import type { SurveyReport } from './survey-report.ts';

const LONGEST_NAME_CHARACTERS = 120;

/** One line a letter, for `grep`. */
function compact({ queues }: SurveyReport): string {
  return queues.flatMap(({ letters }) => letters.map(lineOf)).join('\n');
}

function lineOf({ received, cause, findings, attempt }: Letter): string {
  const texts = [
    received.kind,
    received.messageId,
    timeOf(received.sentAtMs) ?? '-',
    cause.code,
    findings.map(({ Id }) => Id).join(' ') || '-',
    attempt?.rules.join(' ') || '-',
  ];
  return texts.map(escapeText).join('\t');
}

/** For programs: counts and letters, under a version. */
function json({ nowMs, queues }: SurveyReport): string {
  return safeJson({
    version: JSON_VERSION,
    ok: true,
    now: new Date(nowMs).toISOString(),
    queues: queues.map(({ kind, name, state, looked, letters, causes, rules, ages, ...times }) => ({
      queue: kind,
      name,
      arn: state.arn,
      approximate: { visible: state.visible, hidden: state.hidden },
      looked,
      oldestSentAt: timeOf(times.oldestSentAtMs),
      firstForgottenAt: timeOf(times.firstForgottenAtMs),
      causes: causes.map(({ code, letters: count, advice: { codes: _, ...advice } }) => ({
        code,
        letters: count,
        ...advice,
      })),
      rules,
      ages,
      letters: letters.map(letterOf),
    })),
  });
}

/** A letter as programs read it; the finding's own text is left out. */
export function letterOf({ received, cause, earlierCause, findings, press, attempt, reading }: Letter) {
  return {
    queue: received.kind,
    messageId: received.messageId,
    sentAt: timeOf(received.sentAtMs),
    cause,
    ...(earlierCause && { earlierCause }),
    findings,
    ...(press && { press: { action: press.action, at: timeOf(press.atMs) } }),
    attempt,
    ...(reading.kind === 'refused' && { unreadable: reading.why }),
  };
}

function markdown(report: SurveyReport): string {
  return report.queues
    .flatMap((queue) => {
      const { letters, causes, rules } = queue;
      const count = (value: number) => grouped(value, NO_BREAK);
      const lines = [`### ${titleOf(queue)}`, '', ...standing(queue, report.nowMs)];
      if (letters.length === 0) return [...lines, ''];
      lines.push('', '| cause | letters | what it means | what to do | redrive |', '|---|---:|---|---|---|');
      for (const { code, letters: some, advice } of causes)
        lines.push(
          `| ${cell(code)} | ${count(some)} | ${advice.meaning} ${advice.impact} | ${advice.remedy} | ${advice.redrive} |`,
        );
      if (rules.length > 0) lines.push('', '| rule of the update | letters |', '|---|---:|');
      for (const { rule, letters: some } of rules) lines.push(`| ${cell(rule)} | ${count(some)} |`);
      return [...lines, ''];
    })
    .join('\n')
    .trimEnd();
}

/** In a table a bar would end the cell, in `<code>` too. */
function cell(text: string): string {
  return quoted(text, LONGEST_NAME_CHARACTERS).replaceAll('|', '&#124;');
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** The formats of `triage dead-letters list`, by the name users give. */
export const SURVEY_REPORTERS = { pretty: surveyPretty, compact, json, markdown } as const;
export type LetterFormat = keyof typeof SURVEY_REPORTERS;
export const LETTER_FORMATS = Object.keys(SURVEY_REPORTERS) as readonly LetterFormat[];
