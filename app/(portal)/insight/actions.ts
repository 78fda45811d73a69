'use server';

import { action } from '@/lib/http/action';
import { SetTargetInput, setMetricTarget } from '@/lib/insight';

export const setTargetAction = action(SetTargetInput, setMetricTarget);
