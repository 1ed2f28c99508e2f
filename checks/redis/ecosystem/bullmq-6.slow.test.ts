import { features } from './bullmq/features';
import { overRedis } from './bullmq/other-clients';
import { versions, Workshop } from './bullmq/workshop';
import { tryFeatures } from './features';

tryFeatures('BullMQ 6.7', [...features, ...overRedis], Workshop.within(versions[6]));
