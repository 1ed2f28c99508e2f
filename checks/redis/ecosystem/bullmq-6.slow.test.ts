import { features } from './bullmq/features';
import { versions, Workshop } from './bullmq/workshop';
import { tryFeatures } from './features';

tryFeatures('BullMQ 6.7', features, Workshop.within(versions[6]));
