'use server';

import { DecideReportInput, decideReport } from '@/lib/community';
import { action } from '@/lib/http/action';

export const decideReportAction = action(DecideReportInput, decideReport);
