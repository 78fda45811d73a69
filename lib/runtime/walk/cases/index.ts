import { z } from 'zod';
import { access } from './access';
import { alerts } from './alerts';
import { audit } from './audit';
import { auth } from './auth';
import { catalog } from './catalog';
import { community } from './community';
import { compliance } from './compliance';
import { core } from './core';
import { documentation } from './documentation';
import { domains } from './domains';
import { glossary } from './glossary';
import { governance } from './governance';
import { insight } from './insight';
import { interop } from './interop';
import { lineage } from './lineage';
import { pipelines } from './pipelines';
import { platform } from './platform';
import { products } from './products';
import { provisioning } from './provisioning';
import { quality } from './quality';
import { release } from './release';
import { serving } from './serving';
import type { Case, Cases } from './shared';
import { slo } from './slo';
import { workbench } from './workbench';

export { secret } from './shared';

const MODULES: Cases[] = [
  access,
  alerts,
  audit,
  auth,
  catalog,
  community,
  compliance,
  core,
  documentation,
  domains,
  glossary,
  governance,
  insight,
  interop,
  lineage,
  pipelines,
  platform,
  products,
  provisioning,
  quality,
  release,
  serving,
  slo,
  workbench,
];
function all<T>(of: (one: Cases) => Record<string, T> | undefined): Record<string, T> {
  return Object.assign({}, ...MODULES.map(of));
}

export const CASES: Record<string, Case> = all(({ cases }) => cases);
export const OPEN = all(({ open }) => open);
export const TOLD = all(({ told }) => told);
export const PARTS = all(({ parts }) => parts);
export const REFUSALS = z.enum(['unauthenticated', 'forbidden', 'not_found']);
