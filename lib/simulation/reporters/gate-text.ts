import type { GateResult, SimulationReport } from '../simulation-report.ts';
import { grouped } from './grouped.ts';

/** What became of the gates that were asked for; null without any. */
export function gateText({ gates }: SimulationReport, gap = ' '): string | null {
  if (gates.length === 0) return null;
  return `Gates: ${gates.map((gate) => oneGate(gate, gap)).join('; ')}.`;
}

function oneGate({ option, severity, limit, found, tripped }: GateResult, gap: string): string {
  const asked = `${option} ${severity ?? limit}`;
  return `${asked} ${tripped ? 'TRIPPED' : 'passed'} (${grouped(found, gap)} found, ${grouped(limit, gap)} allowed)`;
}
