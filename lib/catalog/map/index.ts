export { type DomainMap, domainMap, type MapEdge } from './domain-map';
export { type DomainUses, DomainUsesInput, domainUses } from './domain-uses';
export type { DomainUse } from './use-sql';
