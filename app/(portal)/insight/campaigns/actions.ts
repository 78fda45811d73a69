'use server';

import { action } from '@/lib/http/action';
import {
  CloseCampaignInput,
  closeCampaign,
  MakeCampaignInput,
  makeCampaign,
  RecountCampaignInput,
  recountCampaign,
} from '@/lib/insight';

export const makeCampaignAction = action(MakeCampaignInput, makeCampaign);
export const recountCampaignAction = action(RecountCampaignInput, recountCampaign);
export const closeCampaignAction = action(CloseCampaignInput, closeCampaign);
