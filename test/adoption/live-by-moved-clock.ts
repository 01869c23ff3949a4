/** Loaded into the processes of deployed functions before their code: `node --import`. */
import { installMovedClock } from './moved-clock.ts';

installMovedClock(process.env.CLOCK_FILE ?? '');
