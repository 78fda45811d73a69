/**
 * What Cedar knows. Entities are the request's slice only: the person, the role they hold in the
 * product's domain, the product and its domain, the port that is read.
 */
export const CEDAR_SCHEMA = `
entity Domain;
entity Role;
entity DomainRole in [Role] { role: String, domain: Domain };
entity System;
entity User in [DomainRole] { membership?: DomainRole, isDisabled: Bool, isSteward: Bool };
entity Product in [Domain] {
  owner: User, domain: Domain, name: String, classification: String, status: String, hasPersonalData: Bool
};
entity Port in [Product];
type Grant = { id: String, product: Product, subject: User, permissions: Set<String>, purpose: String };
type Request = {
  purpose?: String, scopes?: Set<String>, grant?: Grant, port?: String, environment?: String,
  network?: ipaddr, networkIn: Set<String>, timeIn: Set<String>
};
action discover, read, write, delete, manage appliesTo { principal: [User, System], resource: [Product], context: Request };
`;
