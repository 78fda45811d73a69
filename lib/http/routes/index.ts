import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { accessRoutes } from './access';
import { accessRequestRoutes } from './access-requests';
import { alertRoutes } from './alerts';
import { auditRoutes } from './audit';
import { authRoutes } from './auth';
import { campaignRoutes } from './campaigns';
import { catalogRoutes } from './catalog';
import { certificationRoutes } from './certifications';
import { communityRoutes } from './community';
import { complianceRoutes } from './compliance';
import { contractRoutes } from './contracts';
import { costRoutes } from './costs';
import { dataRoutes } from './data';
import { documentationRoutes } from './documentation';
import { domainRoutes } from './domains';
import { draftRoutes } from './drafts';
import { glossaryRoutes } from './glossary';
import { governanceRoutes } from './governance';
import { insightRoutes } from './insight';
import { insightSharingRoutes } from './insight-sharing';
import { lifecycleRoutes } from './lifecycle';
import { lineageRoutes } from './lineage';
import { peopleRoutes } from './people';
import { pipelineRoutes } from './pipelines';
import { policyWorkRoutes } from './policy-work';
import { privacyRoutes } from './privacy';
import { qualityRoutes } from './quality';
import { queryRoutes } from './queries';
import { retentionRoutes } from './retention';
import { runRoutes } from './runs';
import { scorecardRoutes } from './scorecards';
import { sloRoutes } from './slo';
import { tagRoutes } from './tags';
import { templateRoutes } from './templates';
import { tokenRoutes } from './tokens';
import { unsubscribeRoutes } from './unsubscribe';
import { uploadRoutes } from './uploads';
import { versionRoutes } from './versions';

/** Every module's plug-in, mounted below /api/v1: import yours, add a line. */
export const API_ROUTES = {
  auth: authRoutes,
  domains: domainRoutes,
  people: peopleRoutes,
  tokens: tokenRoutes,
  catalog: catalogRoutes,
  glossary: glossaryRoutes,
  versions: versionRoutes,
  data: dataRoutes,
  queries: queryRoutes,
  documentation: documentationRoutes,
  lineage: lineageRoutes,
  insight: insightRoutes,
  insightSharing: insightSharingRoutes,
  costs: costRoutes,
  scorecards: scorecardRoutes,
  campaigns: campaignRoutes,
  templates: templateRoutes,
  drafts: draftRoutes,
  contracts: contractRoutes,
  uploads: uploadRoutes,
  pipelines: pipelineRoutes,
  quality: qualityRoutes,
  runs: runRoutes,
  lifecycle: lifecycleRoutes,
  access: accessRoutes,
  accessRequests: accessRequestRoutes,
  audit: auditRoutes,
  alerts: alertRoutes,
  unsubscribe: unsubscribeRoutes,
  community: communityRoutes,
  governance: governanceRoutes,
  certifications: certificationRoutes,
  tags: tagRoutes,
  policyWork: policyWorkRoutes,
  compliance: complianceRoutes,
  privacy: privacyRoutes,
  retention: retentionRoutes,
  slo: sloRoutes,
} satisfies Record<string, FastifyPluginAsyncZod>;
