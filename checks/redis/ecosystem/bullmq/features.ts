import type { Feature } from '../features';
import { adding } from './adding';
import { events } from './events';
import { failing } from './failing';
import { flows } from './flows';
import { inspection } from './inspection';
import { limits } from './limits';
import { otherClients } from './other-clients';
import { processes } from './processes';
import { schedulers } from './schedulers';
import type { Workshop } from './workshop';

/** All that is tried of BullMQ, with both of its versions. */
export const features: readonly Feature<Workshop>[] = [
  ...adding,
  ...failing,
  ...flows,
  ...schedulers,
  ...limits,
  ...events,
  ...inspection,
  ...otherClients,
  ...processes,
];
