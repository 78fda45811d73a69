export { ArchiveDomainInput, archiveDomain } from './archive-domain';
export { CreateDomainInput, createDomain } from './create-domain';
export { emailsOf, peopleFor } from './people-for';
export { RemoveMemberInput, removeMember } from './remove-member';
export { SetMemberInput, setMember } from './set-member';
export { UpdateDomainInput, updateDomain } from './update-domain';
