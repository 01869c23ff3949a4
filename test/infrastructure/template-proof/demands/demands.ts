import type { Demand } from '../demand.ts';
import { EVENT_FLOW_DEMANDS } from './event-flow.ts';
import { FUNCTION_DEMANDS } from './function.ts';
import { QUEUE_DEMANDS } from './queues.ts';
import { ROLE_DEMANDS } from './roles.ts';
import { SENDER_DEMANDS } from './senders.ts';
import { SWEEP_DEMANDS } from './sweep.ts';
import { WATCH_DEMANDS } from './watch.ts';

export const DEMANDS: readonly Demand[] = [
  ...QUEUE_DEMANDS,
  ...SENDER_DEMANDS,
  ...EVENT_FLOW_DEMANDS,
  ...FUNCTION_DEMANDS,
  ...ROLE_DEMANDS,
  ...SWEEP_DEMANDS,
  ...WATCH_DEMANDS,
];
