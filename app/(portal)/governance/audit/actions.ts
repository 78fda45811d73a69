'use server';

import { z } from 'zod';
import { requestVerification } from '@/lib/audit';
import { action } from '@/lib/http/action';

export const verifyAuditAction = action(z.object({}), (ctx) => requestVerification(ctx));
