import { describe, expect, it } from 'vitest';
import { groupsOfClaim, parseGroupRoles, rolesOfGroups } from './oidc-groups';

describe('group roles', () => {
  it('give platform and domain roles, the strongest where several name one domain', () => {
    const mappings = parseGroupRoles(
      ' admins=platform_admin, eng=sales:data_producer,leads=sales:data_admin,eng=hr:data_consumer ',
    );
    const roles = rolesOfGroups(mappings, ['leads', 'eng', 'other']);
    expect(roles.platformRoles).toEqual([]);
    expect([...roles.domainRoles]).toEqual([
      ['sales', 'data_admin'],
      ['hr', 'data_consumer'],
    ]);
    expect(rolesOfGroups(mappings, ['admins']).platformRoles).toEqual(['platform_admin']);
  });

  it('are refused by name when they are wrong', () => {
    for (const text of ['admins', '=steward', 'a=owner', 'a=sales:owner', 'a=sales:data_admin:x']) {
      expect(() => parseGroupRoles(text)).toThrow(`"${text}"`);
    }
    expect(parseGroupRoles('')).toEqual([]);
  });

  it('read a list, one name, and nothing else', () => {
    expect(groupsOfClaim(['a', 1, null, 'b'])).toEqual(['a', 'b']);
    expect(groupsOfClaim('a')).toEqual(['a']);
    expect(groupsOfClaim({ a: true })).toEqual([]);
    expect(groupsOfClaim(undefined)).toEqual([]);
  });
});
