'use server';

import { RunMonitorInput, runMonitorNow } from '@/lib/compliance';
import { action } from '@/lib/http/action';

export const runMonitorAction = action(RunMonitorInput, (ctx, input) => runMonitorNow(ctx, input));
