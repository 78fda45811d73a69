'use server';

import { action } from '@/lib/http/action';
import {
  ContractOntoInput,
  contractOnto,
  ProposeContractInput,
  proposeContract,
} from '@/lib/interop';
import {
  AcknowledgeChangeInput,
  acknowledgeChange,
  activateVersion,
  CheckChangeInput,
  checkChange,
  EndVersionInput,
  endVersion,
  FollowNewestInput,
  followNewest,
  OverrideGateInput,
  overrideGate,
  VersionInput,
  withdrawChange,
} from '@/lib/provisioning/versions';

export const checkChangeAction = action(CheckChangeInput, (ctx, input) => checkChange(ctx, input));
export const contractOntoAction = action(ContractOntoInput, (ctx, input) =>
  contractOnto(ctx, input),
);
export const proposeContractAction = action(ProposeContractInput, (ctx, input) =>
  proposeContract(ctx, input),
);
export const acknowledgeChangeAction = action(AcknowledgeChangeInput, (ctx, input) =>
  acknowledgeChange(ctx, input),
);
export const overrideGateAction = action(OverrideGateInput, (ctx, input) =>
  overrideGate(ctx, input),
);
export const withdrawChangeAction = action(VersionInput, (ctx, input) =>
  withdrawChange(ctx, input),
);
export const activateVersionAction = action(VersionInput, (ctx, input) =>
  activateVersion(ctx, input),
);
export const endVersionAction = action(EndVersionInput, (ctx, input) => endVersion(ctx, input));
export const followNewestAction = action(FollowNewestInput, (ctx, input) =>
  followNewest(ctx, input),
);
