import { type Cases, product } from './shared';

export const pipelines = {
  cases: {
    'pipelines/pipelineOverview': product,
    'pipelines/runPipelineNow': ({ ids }) => [{ productId: ids.ledger }],
  },
} satisfies Cases;
