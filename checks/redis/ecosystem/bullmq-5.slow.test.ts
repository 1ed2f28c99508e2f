import { features } from './bullmq/features';
import { versions, Workshop } from './bullmq/workshop';
import { tryFeatures } from './features';

tryFeatures('BullMQ 5.81', features, Workshop.within(versions[5]));
