'use server';

import { z } from 'zod';
import { checkCatalogue, DryRunRuleInput, dryRunRule } from '@/lib/governance';
import { action } from '@/lib/http/action';

export const checkCatalogueAction = action(z.object({}), (ctx) => checkCatalogue(ctx));
export const dryRunRuleAction = action(DryRunRuleInput, (ctx, input) => dryRunRule(ctx, input));
