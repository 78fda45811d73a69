'use server';

import {
  ArchiveDomainInput,
  archiveDomain,
  CreateDomainInput,
  createDomain,
  RemoveMemberInput,
  removeMember,
  SetMemberInput,
  setMember,
  UpdateDomainInput,
  updateDomain,
} from '@/lib/domains';
import { action } from '@/lib/http/action';

export const createDomainAction = action(CreateDomainInput, createDomain);
export const updateDomainAction = action(UpdateDomainInput, updateDomain);
export const archiveDomainAction = action(ArchiveDomainInput, archiveDomain);
export const setMemberAction = action(SetMemberInput, setMember);
export const removeMemberAction = action(RemoveMemberInput, removeMember);
